import { createHash } from 'node:crypto';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { kindOf, nextFire } from '../schedule.ts';
import type { Service, TriggerState } from '../types.ts';
import { numberArg, objectArg, textArg } from './arguments.ts';
import { needScope } from './scopes.ts';

/** Triggers, state tokens, authorisation. */
export const scriptServices: Readonly<Record<string, Service>> = {
  'script.id': (site) => ({ v: site.scriptId }),
  'script.createTrigger': (site, run, args) => {
    needScope(site, run, ['script.scriptapp'], 'ScriptApp.TriggerBuilder.create');
    const { handler, event, ...spec } = objectArg(args, 0);
    if (site.triggers.filter((each) => each.user === run.user).length >= limits.triggers) {
      throw new Refusal(
        'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
      );
    }
    site.uuids += 1;
    const id = freshTriggerId(site.scriptId, site.uuids);
    const clock = event === 'CLOCK';
    const trigger: TriggerState = {
      id,
      handler: String(handler),
      event: String(event),
      user: run.user,
      spec,
      kind: clock ? kindOf(spec) : 'event',
      nextMs: clock ? nextFire(spec, site.scriptTimeZone, run.nowMs, chosenMinute(id)) : null,
    };
    site.triggers.push(trigger);
    return { v: shown(trigger) };
  },
  'script.triggers': (site, run) => {
    needScope(site, run, ['script.scriptapp'], 'ScriptApp.getProjectTriggers');
    return { v: site.triggers.filter((each) => each.user === run.user).map(shown) };
  },
  'script.deleteTrigger': (site, run, args) => {
    needScope(site, run, ['script.scriptapp'], 'ScriptApp.deleteTrigger');
    const id = textArg(args, 0);
    if (!site.triggers.some((each) => each.id === id && each.user === run.user)) {
      throw new Refusal('The trigger you are trying to delete no longer exists.');
    }
    site.triggers = site.triggers.filter((each) => each.id !== id);
    return {};
  },
  'script.stateToken': (site, run, args) => {
    const method = textArg(args, 0);
    if (method === '') throw new Refusal('A state token needs a method.');
    site.uuids += 1;
    const token = createHash('sha256').update(`state ${site.scriptId} ${site.uuids}`).digest('base64url');
    const values = Object.fromEntries(Object.entries(objectArg(args, 1)).map(([key, value]) => [key, String(value)]));
    const seconds = Math.min(numberArg(args, 2), 3600);
    site.tokens.set(token, { method, values, user: run.user, untilMs: run.nowMs + seconds * 1000 });
    return { v: token };
  },
  'script.missingScopes': (site, _run, args) => {
    const wanted = args[1];
    const granted = site.options.bundle.manifest.oauthScopes;
    if (!Array.isArray(wanted) || granted === undefined) return { v: [] };
    return { v: wanted.map(String).filter((scope) => !granted.includes(scope)) };
  },
};

/** The minute within the hour at which Google lets this trigger run; it keeps it. */
export function chosenMinute(triggerId: string): number {
  return (createHash('sha256').update(triggerId).digest()[0] ?? 0) % 60;
}

function shown(trigger: TriggerState): { id: string; handler: string; event: string } {
  return { id: trigger.id, handler: trigger.handler, event: trigger.event };
}

function freshTriggerId(scriptId: string, count: number): string {
  return String(createHash('sha256').update(`trigger ${scriptId} ${count}`).digest().readBigInt64BE(0));
}
