import { call, callNumber, Exception } from './bridge.ts';
import { service } from './guard.ts';

/** Google's MailApp; the host keeps the mails instead of sending them. */
export function mailApp(): object {
  return service('MailApp', {
    sendEmail: (first: unknown, ...rest: readonly unknown[]): void => {
      const message =
        typeof first === 'object' && first !== null
          ? (first as Record<string, unknown>)
          : plainForm(String(first), rest);
      const known = ['to', 'cc', 'bcc', 'subject', 'body', 'htmlBody', 'name', 'replyTo', 'noReply'];
      for (const key of Object.keys(message)) {
        if (!known.includes(key)) throw new Error(`not provided: MailApp.sendEmail with ${key}`);
      }
      if (typeof message['to'] !== 'string' || message['to'].trim() === '') {
        throw new Exception('Failed to send email: no recipient');
      }
      call('mail.send', message);
    },
    getRemainingDailyQuota: () => callNumber('mail.remaining'),
  });
}

function plainForm(to: string, rest: readonly unknown[]): Record<string, unknown> {
  const [subject, body, options] = rest;
  return {
    to,
    subject: String(subject ?? ''),
    body: String(body ?? ''),
    ...((options ?? {}) as Record<string, unknown>),
  };
}
