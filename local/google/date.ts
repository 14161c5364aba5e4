import { simulatedNow } from './bridge.ts';
import { zoneOf } from './zone.ts';

/**
 * Makes `Date` of this context read the simulated clock, and its local getters, setters and texts those of the script's
 * time zone (manifest field `timeZone`), whatever zone the machine is in.
 */
export function installDate(timeZone: string): void {
  const Real = Date;
  const zone = zoneOf(timeZone);
  const prototype = Real.prototype;
  const define = (target: object, name: string, value: unknown): void => {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  };

  const units = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds', 'Day'] as const;
  for (const unit of units) {
    const get = prototype[`getUTC${unit}`];
    define(prototype, `get${unit}`, function (this: Date): number {
      return get.call(new Real(zone.toLocalMs(this.getTime())));
    });
    if (unit === 'Day') continue;
    const set = prototype[`setUTC${unit}`] as (...values: number[]) => number;
    define(prototype, `set${unit}`, function (this: Date, ...values: number[]): number {
      const local = new Real(zone.toLocalMs(this.getTime()));
      set.apply(local, values);
      return this.setTime(zone.toUtcMs(local.getTime()));
    });
  }
  define(prototype, 'getTimezoneOffset', function (this: Date): number {
    return -zone.offsetMinutes(this.getTime());
  });

  const two = (value: number): string => String(value).padStart(2, '0');
  const dateText = (date: Date): string =>
    new Real(zone.toLocalMs(date.getTime())).toUTCString().slice(0, 16).replace(',', '');
  const ordered = (date: Date): string => {
    const [day = '', number = '', month = '', year = ''] = dateText(date).split(' ');
    return `${day} ${month} ${number} ${year}`;
  };
  const timeText = (date: Date): string => {
    const offset = zone.offsetMinutes(date.getTime());
    const size = Math.abs(offset);
    const label = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'long' })
      .formatToParts(date.getTime())
      .find((part) => part.type === 'timeZoneName')?.value;
    const sign = offset < 0 ? '-' : '+';
    return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} GMT${sign}${two(Math.floor(size / 60))}${two(size % 60)} (${label ?? timeZone})`;
  };
  const text = (make: (date: Date) => string) =>
    function (this: Date): string {
      return Number.isNaN(this.getTime()) ? 'Invalid Date' : make(this);
    };
  define(
    prototype,
    'toString',
    text((date) => `${ordered(date)} ${timeText(date)}`),
  );
  define(prototype, 'toDateString', text(ordered));
  define(prototype, 'toTimeString', text(timeText));
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    const real = prototype[name] as (locales?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions) => string;
    define(
      prototype,
      name,
      function (this: Date, locales?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions): string {
        return real.call(this, locales, { timeZone, ...options });
      },
    );
  }

  // A text with a time but no zone is local time (ECMAScript); a bare ISO day is UTC.
  const realParse = Real.parse;
  const parse = (value: string): number => {
    const isoDay = /^[+-]?\d{4,6}(-\d{2}(-\d{2})?)?$/.test(value);
    const zoned = /(Z|GMT|UTC|[+-]\d{2}:?\d{2})\s*(\(.*\))?$/i.test(value);
    if (isoDay || zoned) return realParse(value);
    const asUtc = realParse(`${value}${/T\d/.test(value) ? 'Z' : ' UTC'}`);
    return Number.isNaN(asUtc) ? realParse(value) : zone.toUtcMs(asUtc);
  };
  const fromParts = (parts: number[]): number => {
    const local = Real.UTC(...(parts as [number, number]));
    return zone.toUtcMs(local);
  };
  const epoch = (args: readonly unknown[]): number => {
    if (args.length === 0) return simulatedNow();
    if (args.length > 1) return fromParts(args.map(Number));
    const [only] = args;
    if (only instanceof Real) return only.getTime();
    const value = typeof only === 'object' && only !== null ? (only as { valueOf(): unknown }).valueOf() : only;
    return typeof value === 'string' ? parse(value) : Number(value);
  };

  define(Real, 'now', simulatedNow);
  define(Real, 'parse', parse);
  const Simulated = new Proxy(Real, {
    construct: (target, args: unknown[], newTarget) => Reflect.construct(target, [epoch(args)], newTarget) as object,
    apply: () => new Real(simulatedNow()).toString(),
  });
  define(prototype, 'constructor', Simulated);
  define(globalThis, 'Date', Simulated);
}
