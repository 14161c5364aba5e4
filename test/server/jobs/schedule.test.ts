/// <reference types="google-apps-script" />
import { afterEach, expect, test, vi } from 'vitest';
import { createContinuation } from '../../../src/server/jobs/continuation.ts';
import { createSchedule } from '../../../src/server/jobs/schedule.ts';
import type { PropertyBag } from '../../../src/server/properties.ts';

afterEach(() => vi.unstubAllGlobals());

interface Made {
  readonly handler: string;
  readonly owner: string;
  readonly spec: Record<string, unknown>;
}

/** Apps Script's triggers: everyone sees only their own. */
function triggers() {
  const all: Made[] = [];
  let me = 'ana@brook.example';
  vi.stubGlobal('ScriptApp', {
    getProjectTriggers: () =>
      all.filter((one) => one.owner === me).map((one) => ({ getHandlerFunction: () => one.handler, one })),
    deleteTrigger: ({ one }: { one: Made }) => all.splice(all.indexOf(one), 1),
    newTrigger: (handler: string) => {
      const spec: Record<string, unknown> = {};
      const builder: Record<string, (value?: unknown) => unknown> = {
        timeBased: () => builder,
        create: () => all.push({ handler, owner: me, spec }),
      };
      for (const name of ['onMonthDay', 'atHour', 'inTimezone', 'after']) {
        builder[name] = (value) => {
          spec[name] = value;
          return builder;
        };
      }
      return builder;
    },
  });
  const values = new Map<string, string>();
  const properties: PropertyBag = {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
  };
  return {
    all,
    as: (who: string) => {
      me = who;
      return createSchedule(properties, 'onMonthStart', () => 'America/New_York', who);
    },
  };
}

test('the month runs on the 1st at one, by the clock of the spreadsheet', () => {
  const { all, as } = triggers();
  expect(as('ana@brook.example').ensure().repaired).toBe(true);
  expect(all.map((one) => one.spec)).toEqual([{ onMonthDay: 1, atHour: 1, inTimezone: 'America/New_York' }]);
});

test('a trigger that has gone missing is made again by its owner, and only by its owner', () => {
  const { all, as } = triggers();
  as('ana@brook.example').ensure();
  all.length = 0;
  expect(as('ben@brook.example').ensure()).toEqual({ owner: 'ana@brook.example', repaired: false });
  expect(all).toEqual([]);
  expect(as('Ana@Brook.example').ensure().repaired).toBe(true);
  expect(all.length).toBe(1);
});

test('two of them become one', () => {
  const { all, as } = triggers();
  const schedule = as('ana@brook.example');
  schedule.ensure();
  all.push({ handler: 'onMonthStart', owner: 'ana@brook.example', spec: {} });
  schedule.ensure();
  expect(all.length).toBe(1);
});

test('taking over makes a colleague the owner', () => {
  const { as } = triggers();
  as('ana@brook.example').ensure();
  expect(as('ben@brook.example').repair()).toEqual({ owner: 'ben@brook.example', repaired: true });
  expect(as('ana@brook.example').ensure()).toEqual({ owner: 'ben@brook.example', repaired: false });
});

test('continuations never pile up, and leave the monthly trigger alone', () => {
  const { all, as } = triggers();
  as('ana@brook.example').ensure();
  const continuation = createContinuation('onContinue');
  for (let i = 0; i < 5; i += 1) {
    continuation.arm(420_000);
    continuation.ensure(420_000);
    continuation.set(1_000);
  }
  expect(all.filter((one) => one.handler === 'onContinue').map((one) => one.spec['after'])).toEqual([60_000]);
  continuation.clear();
  expect(all.map((one) => one.handler)).toEqual(['onMonthStart']);
});
