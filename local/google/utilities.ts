import { Blob } from './blob.ts';
import { call, callText, Exception } from './bridge.ts';
import { base64, fromBase64, utf8Bytes } from './bytes.ts';
import { parseCsv } from './csv.ts';
import { formatDate, parseDate } from './date-format.ts';
import { enumOf, service } from './guard.ts';
import { zoneOf } from './zone.ts';

const DigestAlgorithm = enumOf('DigestAlgorithm', ['MD2', 'MD5', 'SHA_1', 'SHA_256', 'SHA_384', 'SHA_512']);
const Charset = enumOf('Charset', ['US_ASCII', 'UTF_8']);

/** Google's Utilities. */
export function utilities(): object {
  return service('Utilities', {
    DigestAlgorithm,
    Charset,
    sleep: (ms: number): void => {
      call('utilities.sleep', Number(ms));
    },
    getUuid: () => callText('utilities.uuid'),
    base64Encode: (data: string | readonly number[]) => base64(toBytes(data)),
    base64EncodeWebSafe: (data: string | readonly number[]) =>
      base64(toBytes(data)).replace(/\+/g, '-').replace(/\//g, '_'),
    base64Decode: (text: string) => decode(text),
    base64DecodeWebSafe: (text: string) => decode(text),
    computeDigest: (algorithm: unknown, data: string | readonly number[], _charset?: unknown) =>
      decode(callText('utilities.digest', String(algorithm), base64(toBytes(data)))),
    computeHmacSha256Signature: (
      data: string | readonly number[],
      key: string | readonly number[],
      _charset?: unknown,
    ) => decode(callText('utilities.hmacSha256', base64(toBytes(data)), base64(toBytes(key)))),
    formatDate: (date: Date, timeZone: string, pattern: string) => {
      if (!(date instanceof Date)) {
        throw new Exception(
          `The parameters (${typeof date},String,String) don't match the method signature for Utilities.formatDate.`,
        );
      }
      return formatDate(date.getTime(), knownZone(timeZone), pattern);
    },
    parseDate: (text: string, timeZone: string, pattern: string) => {
      const found = parseDate(String(text), knownZone(timeZone), pattern);
      if (found === undefined) throw new Exception(`Unparseable date: "${text}"`);
      return new Date(found);
    },
    formatString: (template: string, ...values: readonly unknown[]) => formatString(template, values),
    newBlob: (data: string | readonly number[], contentType?: string, name?: string) =>
      new Blob(data, contentType ?? (typeof data === 'string' ? 'text/plain' : null), name ?? null),
    parseCsv: (text: string, delimiter = ',') => parseCsv(text, delimiter),
  });
}

function toBytes(data: string | readonly number[]): readonly number[] {
  return typeof data === 'string' ? utf8Bytes(data) : data;
}

function decode(text: string): number[] {
  const bytes = fromBase64(String(text));
  if (!bytes) throw new Exception('Could not decode string.');
  return bytes;
}

/** Google reads an unknown zone as GMT. */
function knownZone(name: string): string {
  if (name === 'GMT') return 'UTC';
  const offset = /^GMT([+-])(\d{1,2}):?(\d{2})?$/.exec(name);
  if (offset) return `${offset[1]}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}`;
  try {
    zoneOf(name);
    return name;
  } catch {
    return 'UTC';
  }
}

function formatString(template: string, values: readonly unknown[]): string {
  let next = 0;
  return template.replace(/%(%|(-?)(0?)(\d*)(?:\.(\d+))?([sdf]))/g, (whole, body, left, zero, width, places, kind) => {
    if (body === '%') return '%';
    if (next >= values.length) throw new Exception(`Not enough arguments for ${whole}`);
    const value = values[next];
    next += 1;
    const text =
      kind === 's'
        ? String(value)
        : kind === 'd'
          ? String(Math.trunc(Number(value)))
          : Number(value).toFixed(Number(places ?? '6'));
    const size = Number(width || '0');
    return left ? text.padEnd(size) : text.padStart(size, zero ? '0' : ' ');
  });
}
