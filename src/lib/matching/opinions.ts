import type { Opinion, Opinions } from './model.ts';

/** As kept with the row: JSON, short enough for a cell. */
export function writeOpinions(opinions: Opinions): string {
  return JSON.stringify(opinions);
}

/** What is kept with the row; null where nothing is, or nothing that can be read (the row is then asked again). */
export function readOpinions(cell: string): Opinions | null {
  if (cell === '') return null;
  try {
    const value: unknown = JSON.parse(cell);
    return isOpinions(value) ? value : null;
  } catch {
    return null;
  }
}

function isOpinions(value: unknown): value is Opinions {
  if (!isRecord(value) || typeof value['prompt'] !== 'string' || !isOpinion(value['first'])) return false;
  return value['second'] === undefined || isOpinion(value['second']);
}

function isOpinion(value: unknown): value is Opinion {
  if (!isRecord(value) || typeof value['model'] !== 'string') return false;
  if (value['kind'] === 'unanswered') return typeof value['job'] === 'string';
  return (
    value['kind'] === 'answer' &&
    typeof value['line'] === 'string' &&
    typeof value['confidence'] === 'number' &&
    typeof value['reason'] === 'string'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
