import type { PropertyBag } from './properties.ts';

export interface Letter {
  /** At most one of a kind is sent a day. */
  readonly kind: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

/**
 * Sends a mail, unless one of its kind was sent today or nobody wants one. A mail that cannot be sent (quota, an address with a mistake)
 * must not stop a month: the answer says so and the caller records it. It is not tried again that day.
 * @param today `YYYY-MM-DD` in the spreadsheet's time zone
 */
export function sendOnceADay(properties: PropertyBag, letter: Letter, today: string): 'sent' | 'not needed' | 'failed' {
  const key = `mail.${letter.kind}`;
  if (letter.to.length === 0 || properties.get(key) === today) return 'not needed';
  // Noted first: an execution that is killed in between has not told by mail, and the next one does not tell twice.
  properties.set(key, today);
  try {
    MailApp.sendEmail(letter.to.join(','), letter.subject, letter.body);
    return 'sent';
  } catch {
    // It may have gone all the same, and the texts of Google's errors, in the language of the user, do not tell: it stays noted.
    return 'failed';
  }
}
