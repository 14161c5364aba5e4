import { callText } from './bridge.ts';
import { service } from './guard.ts';

/** Google's Session. */
export function session(): object {
  const person = (which: string) => service('User', { getEmail: () => callText('session.email', which) });
  return service('Session', {
    getActiveUser: () => person('active'),
    getEffectiveUser: () => person('effective'),
    getScriptTimeZone: () => callText('session.timeZone'),
    getActiveUserLocale: () => 'en',
    getTemporaryActiveUserKey: () => callText('session.userKey'),
  });
}
