import { createHash } from 'node:crypto';

/** Makes ids such as `msg_01…`; the same run gives the same ids. */
export type MakeId = (prefix: string) => string;

/** Ids by counting, so that nothing here is random. */
export function createIds(): MakeId {
  let count = 0;
  return (prefix) => {
    count += 1;
    const tail = createHash('sha256')
      .update(`${prefix} ${count}`)
      .digest('base64')
      .replace(/[^A-Za-z0-9]/g, '');
    return `${prefix}_01${tail.slice(0, 22)}`;
  };
}
