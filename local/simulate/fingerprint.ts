/** Whether two moments are the same to whatever runs next. */
import { createHash } from 'node:crypto';
import type { Kept } from '../host/host.ts';
import type { SessionMoment } from '../world/session.ts';
import { DASHBOARD, MAY_REPEAT, PASSED_OVER, timeless } from './essence.ts';

type KeptSheet = Kept['book']['sheets'][number];
type Cells = KeptSheet['rows'][number];

/**
 * A text that is the same for two moments from which the same follows: every tab with its looks, properties, triggers, mails, and
 * QuickBooks with its books, files, remembered request ids and tokens. Left out, because nothing decides by it:
 *
 * - moments (the clock, when a trigger fires, when a row was written or seen; a cell that holds one counts as filled or empty). Of
 *   triggers it counts which are still to fire and in which order.
 * - names that are made of moments or counters: a job's id, a trigger's id, the text of a token, the mark of an approval. Of a token it counts
 *   whether it is good, of a mark whether QuickBooks has seen it.
 * - counters: executions of a job, requests, tokens and costs of the models.
 * - how often a row of Activity or Runs is repeated, and what the Dashboard says about runs: these are written and never asked.
 *
 * Statuses, cursors, failures and waits of a job, request ids, numbers and links all count.
 */
export function fingerprintOf(moment: SessionMoment): string {
  return hash(partsOf(moment));
}

/** What the fingerprint is made of. */
function partsOf({ host, quickbooks }: SessionMoment): readonly unknown[] {
  const jobId = readJson(host.properties.get('document')?.get('job'))['id'];
  return [
    host.book.sheets.map((sheet) => sheetText(sheet, String(jobId ?? ''))),
    [...host.properties].map(([store, values]) => [
      store,
      [...values].sort(byName).map(([key, text]) => [key, propertyOf(key, text, host.now, quickbooks)]),
    ]),
    [...host.caches].map(([store, values]) => [store, [...values].map(([key, { value }]) => [key, value])]),
    [...host.triggers]
      .sort((a, b) => (a.nextMs ?? 0) - (b.nextMs ?? 0))
      .map(({ handler, event, user, kind, nextMs }) => [handler, event, user, kind, nextMs === null]),
    host.mails.map(({ at: _, ...mail }) => mail),
    [...quickbooks.store.rows].map(([kind, rows]) => [
      kind,
      [...rows.values()].map(({ id, entity: { MetaData: _, ...entity }, deleted }) => [id, entity, deleted]),
    ]),
    [...quickbooks.store.lastIds],
    [...quickbooks.answered.keys()].sort(),
    marksOf(host).filter((mark) => [...quickbooks.answered.keys()].some((id) => id.includes(mark))),
    marksOf(host).filter((mark) => sold(quickbooks).some(({ entity }) => String(entity['PrivateNote']).includes(mark))),
    quickbooks.files.map(({ attachableId, bytes }) => [attachableId, bytes.toString('base64')]),
    quickbooks.sentMails.map(({ at: _, ...mail }) => mail),
    quickbooks.late.map(({ request, due }) => [request.path, 'requests' in due ? due.requests : due.atMs - host.now]),
  ];
}

/** Marks of the approvals that stand in the workbook. */
function marksOf(host: Kept): readonly string[] {
  const sheet = host.book.sheets.find(({ name }) => name === 'Frozen terms');
  const texts = (sheet?.rows ?? []).flatMap((cells) => cells.map((cell) => String(cell?.value ?? '')));
  return texts.flatMap((text) => [...text.matchAll(/"mark":"([^"]+)"/g)].map(([, mark]) => mark ?? ''));
}

function sold({ store }: SessionMoment['quickbooks']) {
  return [...(store.rows.get('Invoice')?.values() ?? []), ...(store.rows.get('Estimate')?.values() ?? [])];
}

function propertyOf(key: string, text: string, now: number, quickbooks: SessionMoment['quickbooks']): unknown {
  const value = readJson(text);
  if (key === 'job') {
    const { id: _, startedAtMs: __, endedAtMs, nextAtMs, executions: ___, usage: ____, ...rest } = value;
    return { ...rest, ended: endedAtMs !== null, waits: nextAtMs !== null };
  }
  if (key === 'job.lastDone') return value['period'];
  if (key !== 'connection.quickbooks') return text;
  const { accessToken, accessExpiresAtMs, refreshToken, refreshExpiresAtMs: _, hardExpiresAtMs: __, ...rest } = value;
  const { byAccess, grants } = quickbooks.grants;
  const access = byAccess.find(([token]) => token === accessToken);
  const isGood = access !== undefined && access[2] > now && grants[access[1]]?.revoked === false;
  const isCurrent = grants.some((grant) => grant.refreshToken === refreshToken && !grant.revoked);
  return { ...rest, access: [isGood, Number(accessExpiresAtMs) > now], refresh: isCurrent };
}

function hash(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** A short name for each text that was met: the looks of an empty row are long, and there are thousands. */
const shortNames = new Map<string, string>();

function shortName(text: string): string {
  const name = shortNames.get(text) ?? shortNames.size.toString(36);
  shortNames.set(text, name);
  return name;
}

const sheetTexts = new WeakMap<KeptSheet, { readonly jobId: string; readonly text: string }>();

function sheetText(sheet: KeptSheet, jobId: string): string {
  const known = sheetTexts.get(sheet);
  if (known?.jobId === jobId) return known.text;
  const { name, hidden, maxRows, maxColumns, frozenRows, frozenColumns, tabColor, protections, charts, conditional } =
    sheet;
  const facts = { name, hidden, maxRows, maxColumns, frozenRows, frozenColumns, tabColor, charts, conditional };
  const protectedAreas = protections.map(({ id: _, ...rest }) => rest);
  const sizes = [[...sheet.widths], [...sheet.hiddenColumns]];
  const text = hash([facts, protectedAreas, sizes, contentOf(sheet, jobId)]);
  sheetTexts.set(sheet, { jobId, text });
  return text;
}

function contentOf(sheet: KeptSheet, jobId: string): readonly string[] {
  const headers = (sheet.rows[0] ?? []).map((cell) => String(cell?.value ?? ''));
  const without = new Set(PASSED_OVER[sheet.name] ?? []);
  const hidden = headers.map((header) => without.has(header));
  if (!MAY_REPEAT.has(sheet.name)) return trimmed(kept(sheet).map((cells) => rowText(cells, hidden, sheet.name)));
  const run = headers.indexOf('Run');
  const texts = sheet.rows.map((cells) => {
    const own = run >= 0 && cells[run]?.value === jobId ? 'of this job ' : '';
    return `${own}${cells.map((cell, column) => valueText(cell, hidden[column] === true)).join('\t')}`;
  });
  return [...new Set(texts)].sort();
}

/** What the Dashboard says of runs and costs is left out, as in the comparison of ends. */
function kept(sheet: KeptSheet): readonly Cells[] {
  if (sheet.name !== DASHBOARD) return sheet.rows;
  const first = (cells: Cells): string =>
    String(cells.find((cell) => cell !== undefined && cell.value !== '')?.value ?? '');
  const names = sheet.rows.map(first);
  const runs = names.indexOf('Runs');
  const costs = names.indexOf('What the models cost');
  const after = names.findIndex((name, index) => index > costs && name === '');
  return sheet.rows.filter(
    (_, index) =>
      (runs < 0 || index < runs) && names[index] !== 'Worked out' && (costs < 0 || index < costs || index >= after),
  );
}

const rowTexts = new WeakMap<Cells, { readonly tab: string; readonly text: string }>();

function rowText(cells: Cells, hidden: readonly boolean[], tab: string): string {
  const known = rowTexts.get(cells);
  if (known?.tab === tab) return known.text;
  const texts = cells.map((cell, column) =>
    cell === undefined ? '' : `${valueText(cell, hidden[column] === true)}${styleText(cell.style)}`,
  );
  const content = trimmed(Array.from(texts, (each) => each ?? '')).join('\t');
  const text = content === '' ? '' : shortName(content);
  rowTexts.set(cells, { tab, text });
  return text;
}

function valueText(cell: Cells[number], isHidden: boolean): string {
  if (cell === undefined || (cell.value === '' && cell.formula === '')) return '';
  return isHidden ? 'filled' : `${typeof cell.value} ${JSON.stringify(timeless(cell.value))} ${cell.formula}`;
}

const styleTexts = new WeakMap<object, string>();

function styleText(style: object): string {
  const known = styleTexts.get(style);
  if (known !== undefined) return known;
  const parts = Object.entries(style).sort(byName);
  const text = parts.length === 0 ? '' : `~${shortName(JSON.stringify(parts))}`;
  styleTexts.set(style, text);
  return text;
}

function trimmed(texts: readonly string[]): readonly string[] {
  let end = texts.length;
  while (end > 0 && texts[end - 1] === '') end -= 1;
  return texts.slice(0, end);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function readJson(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
