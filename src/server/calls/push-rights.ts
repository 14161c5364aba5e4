import { mayPush } from '../../lib/jobs/may-push.ts';

/** Throws the sentence that says who may, when this person may not push. Undoing a push needs the same right. */
export function requirePushRight(whoMayPush: readonly string[], who: string): void {
  if (mayPush(whoMayPush, who)) return;
  const allowed = whoMayPush.length === 0 ? 'nobody is named there' : `named there: ${whoMayPush.join(', ')}`;
  throw new Error(`${who === '' ? 'You' : who} may not push: the setting Who may push decides (${allowed}).`);
}
