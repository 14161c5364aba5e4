/** Times as the company's clock on the wall shows them. */

/** `2026-08-31T12:11:06-07:00`: how MetaData gives times. */
export function stamp(ms: number, timeZone: string): string {
  const { local, offset } = inZone(ms, timeZone);
  return `${local}${offset}`;
}

/** `2026-09-01T19:27:51.208-07:00`: how envelopes give times. */
export function stampWithMs(ms: number, timeZone: string): string {
  const { local, offset } = inZone(ms, timeZone);
  return `${local}.${String(Math.floor(ms) % 1000).padStart(3, '0')}${offset}`;
}

/** The calendar day in the zone, `YYYY-MM-DD`. */
export function dayIn(ms: number, timeZone: string): string {
  return inZone(ms, timeZone).local.slice(0, 10);
}

/** Is this a day that exists, as `YYYY-MM-DD`, with or without a zone behind it? */
export function isDay(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  return match?.[1] !== undefined && addDays(match[1], 0) === match[1];
}

/** The day `count` days later. */
export function addDays(day: string, count: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return '';
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** The given day of the month `months` later, or that month's last day where it is shorter. */
export function dayOfMonth(day: string, months: number, wanted: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(wanted, last))).toISOString().slice(0, 10);
}

function inZone(ms: number, timeZone: string): { readonly local: string; readonly offset: string } {
  const parts = new Map(
    formatterFor(timeZone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const local = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
  const minutes = Math.round((Date.parse(`${local}Z`) - Math.floor(ms / 1000) * 1000) / 60_000);
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return { local, offset: `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}` };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}
