import { localTime, zoneOf } from './zone.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A moment as text by a pattern of Java's SimpleDateFormat (English names). Throws on a letter that the pattern language lacks. */
export function formatDate(utcMs: number, timeZone: string, pattern: string): string {
  const zone = zoneOf(timeZone);
  const localMs = zone.toLocalMs(utcMs);
  return tokens(pattern)
    .map((token) =>
      token.literal ? token.text : part(token.text, localMs, zone.offsetMinutes(utcMs), timeZone, utcMs),
    )
    .join('');
}

/** The moment that a text names by a pattern; undefined when it does not fit. */
export function parseDate(text: string, timeZone: string, pattern: string): number | undefined {
  const order: string[] = [];
  const source = tokens(pattern)
    .map((token) => {
      if (token.literal) return token.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      order.push(token.text);
      return inputShape(token.text);
    })
    .join('');
  const found = new RegExp(`^${source}`, 'i').exec(text.trim());
  if (!found) return undefined;
  const at = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    ms: 0,
    pm: undefined as boolean | undefined,
  };
  let offset: number | undefined;
  order.forEach((token, index) => {
    const value = found[index + 1] ?? '';
    const number = Number(value);
    const letter = token.charAt(0);
    if (letter === 'y') at.year = token.length === 2 && value.length === 2 ? 2000 + number : number;
    else if (letter === 'M') at.month = token.length > 2 ? 1 + monthIndex(value) : number;
    else if (letter === 'd') at.day = number;
    else if (letter === 'H' || letter === 'h') at.hour = number;
    else if (letter === 'm') at.minute = number;
    else if (letter === 's') at.second = number;
    else if (letter === 'S') at.ms = number;
    else if (letter === 'a') at.pm = value.toLowerCase() === 'pm';
    else if (letter === 'Z' || letter === 'X') offset = offsetOf(value);
  });
  if (at.pm !== undefined) at.hour = (at.hour % 12) + (at.pm ? 12 : 0);
  const localMs = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second, at.ms);
  return offset === undefined ? zoneOf(timeZone).toUtcMs(localMs) : localMs - offset * 60_000;
}

interface Token {
  readonly literal: boolean;
  readonly text: string;
}

function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  const shape = /''|'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;
  for (const match of pattern.matchAll(shape)) {
    if (match[0] === "''") found.push({ literal: true, text: "'" });
    else if (match[1] !== undefined) found.push({ literal: true, text: match[1].replace(/''/g, "'") });
    else found.push({ literal: match[2] === undefined, text: match[0] });
  }
  return found;
}

function part(token: string, localMs: number, offset: number, zoneName: string, utcMs: number): string {
  const at = localTime(localMs);
  const weekday = new Date(localMs).getUTCDay();
  const pad = (value: number) => String(value).padStart(token.length, '0');
  switch (token.charAt(0)) {
    case 'G':
      return at.year > 0 ? 'AD' : 'BC';
    case 'y':
    case 'Y':
      return token.length === 2 ? String(at.year % 100).padStart(2, '0') : pad(at.year);
    case 'M':
    case 'L':
      return token.length > 2 ? name(MONTHS, at.month - 1, token.length) : pad(at.month);
    case 'd':
      return pad(at.day);
    case 'D':
      return pad(1 + Math.floor((localMs - Date.UTC(at.year, 0, 1)) / 86_400_000));
    case 'E':
      return name(DAYS, weekday, token.length);
    case 'u':
      return pad(weekday === 0 ? 7 : weekday);
    case 'a':
      return at.hour < 12 ? 'AM' : 'PM';
    case 'H':
      return pad(at.hour);
    case 'k':
      return pad(at.hour === 0 ? 24 : at.hour);
    case 'K':
      return pad(at.hour % 12);
    case 'h':
      return pad(at.hour % 12 === 0 ? 12 : at.hour % 12);
    case 'm':
      return pad(at.minute);
    case 's':
      return pad(at.second);
    case 'S':
      return pad(at.ms);
    case 'z':
      return zoneLabel(zoneName, utcMs, token.length > 3 ? 'long' : 'short');
    case 'Z':
      return offsetText(offset, '');
    case 'X':
      return offset === 0
        ? 'Z'
        : token.length === 1
          ? offsetText(offset, '').slice(0, 3)
          : offsetText(offset, token.length === 3 ? ':' : '');
    default:
      throw new Error(`Invalid argument: ${token}. Should be of type: a pattern of SimpleDateFormat`);
  }
}

function name(names: readonly string[], index: number, length: number): string {
  const full = names[index] ?? '';
  return length > 3 ? full : full.slice(0, 3);
}

function zoneLabel(zoneName: string, utcMs: number, style: 'long' | 'short'): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zoneName, timeZoneName: style }).formatToParts(utcMs);
  return parts.find((each) => each.type === 'timeZoneName')?.value ?? zoneName;
}

function offsetText(minutes: number, between: string): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${between}${two(Math.round(size % 60))}`;
}

function offsetOf(text: string): number {
  const found = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (!found) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3] ?? '0'));
}

function inputShape(token: string): string {
  switch (token.charAt(0)) {
    case 'y':
      return token.length > 2 ? '(\\d{4})' : '(\\d{2,4})';
    case 'M':
      return token.length > 2 ? '([A-Za-z]+)' : '(\\d{1,2})';
    case 'a':
      return '(am|pm)';
    case 'E':
    case 'z':
      return '([A-Za-z]+)';
    case 'Z':
    case 'X':
      return '(Z|[+-]\\d\\d:?\\d{0,2})';
    case 'S':
      return '(\\d{1,3})';
    default:
      return '(\\d{1,2})';
  }
}

function monthIndex(text: string): number {
  return MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase());
}
