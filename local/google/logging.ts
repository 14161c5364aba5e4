import { call } from './bridge.ts';
import { service } from './guard.ts';

/** Google's Logger; what is logged is kept with the execution. */
export function logger(): object {
  const lines: string[] = [];
  const made: Record<string, (...args: readonly unknown[]) => unknown> = {
    log: (...args) => {
      lines.push(write('log', args));
      return made;
    },
    getLog: () => lines.map((line) => `${line}\n`).join(''),
    clear: () => {
      lines.length = 0;
      return undefined;
    },
  };
  return service('Logger', made);
}

/** Google's console. */
export function consoleService(): object {
  const level =
    (name: string) =>
    (...args: readonly unknown[]): void => {
      write(name, args);
    };
  return service('console', {
    log: level('log'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
    time: (): void => {},
    timeEnd: (): void => {},
  });
}

function write(level: string, args: readonly unknown[]): string {
  const [first, ...rest] = args;
  let used = 0;
  let text = printed(first);
  if (typeof first === 'string') {
    text = first.replace(/%[sdifoOj]/g, (mark) => {
      if (used >= rest.length) return mark;
      used += 1;
      return printed(rest[used - 1]);
    });
  }
  const line = [text, ...rest.slice(used).map(printed)].join(' ');
  call('log.write', level, line);
  return line;
}

function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ?? String(value);
  if (typeof value === 'object' && value !== null) {
    try {
      return JSON.stringify(value);
    } catch {
      return String(value);
    }
  }
  return String(value);
}
