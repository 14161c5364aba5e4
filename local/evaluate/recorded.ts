/** Requests as numbered files, and the responses beside them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EvaluateError } from './data.ts';
import type { Answerer } from './exchange.ts';
import type { Models } from './labelled-firm.ts';

/**
 * Request bodies in the order of their numbers: by what they say, the first model's before the second's. The order in which they
 * happened to be sent plays no part, so the same data give the same files each time.
 */
export function inOrder(bodies: readonly string[], models: Models): readonly string[] {
  const keyed = bodies.map((text) => {
    const body = JSON.parse(text) as { readonly model: string; readonly messages: unknown };
    return { text, said: JSON.stringify(body.messages), rank: body.model === models.first ? 0 : 1 };
  });
  keyed.sort((a, b) => (a.said < b.said ? -1 : a.said > b.said ? 1 : a.rank - b.rank));
  return keyed.map(({ text }) => text);
}

/** Writes each body to NNNN.request.json, from 0001. */
export function writeRequests(folder: string, bodies: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  bodies.forEach((body, index) => {
    writeFileSync(join(folder, requestName(index)), body);
  });
}

/**
 * Answers from NNNN.response.json. Where NNNN.request.json stands beside it, it must be the request that would be sent. A request that
 * is none of `bodies` asks again for what an answer left out; it is answered where a file with this very request stands in the folder.
 * Throws EvaluateError for what is missing, no longer fits, or is an error instead of an answer.
 */
export function recordedAnswers(folder: string, bodies: readonly string[]): Answerer {
  if (!existsSync(folder)) throw new EvaluateError([`${folder}: there is no such folder`]);
  const findings: string[] = [];
  const answers = new Map<string, string>();
  bodies.forEach((body, index) => {
    const name = requestName(index);
    const request = join(folder, name);
    if (existsSync(request)) {
      const difference = firstDifference(parsed(readFileSync(request, 'utf8')), JSON.parse(body), '');
      if (difference !== null)
        findings.push(`${request}: not the request that would be sent now (${difference}); record again`);
    }
    const text = responseText(join(folder, name.replace('.request.', '.response.')), findings);
    if (text !== null) answers.set(canonical(body), text);
  });
  const asked = new Set(bodies.map((_, index) => requestName(index)));
  for (const name of readdirSync(folder).filter((one) => /^\d{4,}\.request\.json$/.test(one) && !asked.has(one))) {
    const response = join(folder, name.replace('.request.', '.response.'));
    if (!existsSync(response)) continue;
    const text = responseText(response, findings);
    const request = readFileSync(join(folder, name), 'utf8');
    if (text !== null && parsed(request) !== undefined) answers.set(canonical(request), text);
  }
  if (findings.length > 0) throw new EvaluateError(findings);
  return async (body) => answers.get(canonical(body)) ?? null;
}

function requestName(index: number): string {
  return `${String(index + 1).padStart(4, '0')}.request.json`;
}

/** The body of a Messages answer, or null with a finding. */
function responseText(file: string, findings: string[]): string | null {
  if (!existsSync(file)) {
    findings.push(`${file}: there is no such file`);
    return null;
  }
  const text = readFileSync(file, 'utf8');
  const body = parsed(text);
  if (!isRecord(body)) findings.push(`${file}: not JSON`);
  else if (body['type'] === 'error') {
    const error = isRecord(body['error']) ? `${body['error']['type']}: ${body['error']['message']}` : 'no reason given';
    findings.push(`${file}: an error, not an answer (${error})`);
  } else if (body['type'] !== 'message' || !Array.isArray(body['content']) || !isRecord(body['usage'])) {
    findings.push(`${file}: not the body of a Messages answer (expected "type": "message" with content and usage)`);
  } else return text;
  return null;
}

/** Where two JSON values differ first, in words; null where they are equal. */
function firstDifference(recorded: unknown, now: unknown, path: string): string | null {
  if (isRecord(recorded) && isRecord(now)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
      const found = firstDifference(recorded[key], now[key], path === '' ? key : `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  if (Array.isArray(recorded) && Array.isArray(now)) {
    for (let index = 0; index < Math.max(recorded.length, now.length); index += 1) {
      const found = firstDifference(recorded[index], now[index], `${path}[${index}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (recorded === now) return null;
  if (typeof recorded === 'string' && typeof now === 'string') {
    let at = 0;
    while (at < recorded.length && recorded[at] === now[at]) at += 1;
    return `${path}, from character ${at}: ${quoted(recorded, at)} recorded, ${quoted(now, at)} now`;
  }
  return `${path || 'the whole'} differs`;
}

function quoted(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
}

/** The same for equal JSON, whatever its blanks. */
function canonical(text: string): string {
  return JSON.stringify(JSON.parse(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
