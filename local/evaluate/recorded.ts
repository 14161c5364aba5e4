/** Requests as numbered files, and the responses beside them. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EvaluateError } from './data.ts';
import { canonical, firstDifference } from './difference.ts';
import type { Answerer } from './exchange.ts';
import type { Models } from './labelled-firm.ts';
import { type RecordedResponse, readResponse } from './response.ts';
import { isFolder, parsed, readText, whyNotJson } from './text-file.ts';

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

/** Writes each body to NNNN.request.json, from the given number. Returns how many other numbered files stand in the folder. */
export function writeRequests(folder: string, bodies: readonly string[], from = 1): number {
  mkdirSync(folder, { recursive: true });
  bodies.forEach((body, index) => {
    writeFileSync(join(folder, requestName(from + index)), body);
  });
  return numbersIn(folder, 'request').filter((number) => number < from || number >= from + bodies.length).length;
}

export interface Replay {
  readonly answer: Answerer;
  /** What came of it, once everything has been asked. */
  result(): ReplayResult;
}

export interface ReplayResult {
  /** Requests that nothing usable was recorded for. */
  readonly unansweredRequests: number;
  /** Which files, and why. */
  readonly problems: readonly string[];
  /** Requests that asked once more and stand in no file yet, in the order of their numbers, which begin with `nextNumber`. */
  readonly followUps: readonly string[];
  readonly nextNumber: number;
  /** Files that were not needed. */
  readonly notes: readonly string[];
}

/** A numbered request and what is recorded beside it. */
interface Slot {
  readonly number: number;
  readonly response: RecordedResponse;
  asked: boolean;
}

/**
 * Answers from NNNN.response.json, each of them once. Where NNNN.request.json stands beside it, it must be the request that would be
 * sent. Further numbers hold requests that asked once more for what an answer left out. A request without a usable response is not
 * answered, and neither is the same request when it is asked once more.
 * Throws EvaluateError where requests no longer fit, or where there is no response at all.
 * @param bodies the requests of these data, in the order of their numbers
 */
export function openReplay(folder: string, bodies: readonly string[], models: Models): Replay {
  if (!isFolder(folder)) throw new EvaluateError([`${folder}: there is no such folder`]);
  const stale = bodies.flatMap((body, index) => staleness(join(folder, requestName(index + 1)), body));
  if (stale.length > 0) throw new EvaluateError(stale);
  const notes: string[] = [];
  const slots = new Map<string, Slot[]>();
  const keep = (number: number, body: unknown, text: string) => {
    const slot = { number, response: responseIn(join(folder, responseName(number)), text), asked: false };
    slots.set(canonical(body), [...(slots.get(canonical(body)) ?? []), slot]);
  };
  bodies.forEach((body, index) => {
    keep(index + 1, parsed(body), body);
  });
  if (bodies.length > 0 && !bodies.some((_, index) => existsSync(join(folder, responseName(index + 1)))))
    throw new EvaluateError(
      bodies.map((_, index) => `${join(folder, responseName(index + 1))}: there is no such file`),
    );

  const requests = numbersIn(folder, 'request');
  const responses = numbersIn(folder, 'response');
  for (const number of requests.filter((one) => one > bodies.length)) {
    const text = readText(join(folder, requestName(number)));
    const body = parsed(text);
    if (body === undefined) notes.push(`${join(folder, requestName(number))}: ${whyNotJson(text)}; not used`);
    else keep(number, body, text);
  }
  for (const number of responses.filter((one) => one > bodies.length && !requests.includes(one)))
    notes.push(`${join(folder, responseName(number))}: not used, no request stands beside it`);

  const asksAgain: string[] = [];
  return {
    async answer(body) {
      const same = slots.get(canonical(parsed(body))) ?? [];
      const slot = same.find(({ asked }) => !asked);
      if (slot === undefined) {
        if (same.every(({ response }) => response.usable)) asksAgain.push(body);
        return null;
      }
      slot.asked = true;
      return slot.response.usable ? slot.response.text : null;
    },
    result() {
      const all = [...slots.values()].flat().sort((a, b) => a.number - b.number);
      const nextNumber = Math.max(bodies.length, ...requests, ...responses) + 1;
      const followUps = inOrder(asksAgain, models);
      const at = (number: number) => join(folder, responseName(number));
      const broken = all.filter(({ asked, response }) => asked && !response.usable);
      const problems = all.flatMap(({ number, asked, response }) => {
        if (!asked) return [];
        if (!response.usable) return [`${at(number)}: ${response.why}; its rows count as not answered`];
        // Of interest only while what was asked once more is open.
        return followUps.length > 0 && response.weakness !== '' ? [`${at(number)}: ${response.weakness}`] : [];
      });
      const open = followUps.map(
        (body, index) =>
          `${requestName(nextNumber + index)}: asks once more for ${rowsIn(body)} that a recorded answer left out; no response is recorded`,
      );
      const unused = all
        .filter(({ asked }) => !asked)
        .map(({ number }) => `${at(number)}: not used, its request was not sent`);
      return {
        unansweredRequests: broken.length + followUps.length,
        problems: [...problems, ...open],
        followUps,
        nextNumber,
        notes: [...notes, ...unused],
      };
    },
  };
}

export function requestName(number: number): string {
  return `${String(number).padStart(4, '0')}.request.json`;
}

function responseName(number: number): string {
  return requestName(number).replace('.request.', '.response.');
}

function numbersIn(folder: string, kind: 'request' | 'response'): readonly number[] {
  return readdirSync(folder)
    .map((name) => /^(\d{4,})\.(request|response)\.json$/.exec(name))
    .flatMap((match) => (match?.[2] === kind ? [Number(match[1])] : []))
    .sort((a, b) => a - b);
}

function staleness(file: string, body: string): readonly string[] {
  if (!existsSync(file)) return [];
  const text = readText(file);
  const recorded = parsed(text);
  if (recorded === undefined) return [`${file}: ${whyNotJson(text)}; record again`];
  const difference = firstDifference(recorded, parsed(body));
  return difference === null ? [] : [`${file}: not the request that would be sent now (${difference}); record again`];
}

function responseIn(file: string, request: string): RecordedResponse {
  return existsSync(file) ? readResponse(readText(file), request) : { usable: false, why: 'there is no such file' };
}

/** How many rows a request asks about, in words; the rows stand in its last block. */
function rowsIn(body: string): string {
  const { messages } = JSON.parse(body) as { readonly messages: readonly { readonly content: unknown }[] };
  const blocks = messages.at(-1)?.content;
  const last: unknown = Array.isArray(blocks) ? (blocks.at(-1) as { readonly text?: unknown })?.text : undefined;
  const { entries } = (parsed(String(last)) ?? {}) as { readonly entries?: readonly unknown[] };
  return entries === undefined ? 'rows' : entries.length === 1 ? '1 row' : `${entries.length} rows`;
}
