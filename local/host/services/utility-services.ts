import { createHash, createHmac } from 'node:crypto';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { Mail, Service } from '../types.ts';
import { numberArg, objectArg, textArg } from './arguments.ts';
import { needScope } from './scopes.ts';

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA_1: 'sha1',
  SHA_256: 'sha256',
  SHA_384: 'sha384',
  SHA_512: 'sha512',
};

/** Utilities, Session, MailApp and the log. */
export const utilityServices: Readonly<Record<string, Service>> = {
  'utilities.sleep': (_site, _run, args) => {
    const ms = numberArg(args, 0);
    if (!(ms >= 0 && ms <= 300_000)) throw new Refusal(`Invalid argument: milliseconds`);
    return { seconds: ms / 1000 };
  },
  'utilities.uuid': (site) => {
    site.uuids += 1;
    const hex = createHash('sha256').update(`${site.scriptId} ${site.uuids}`).digest('hex');
    return {
      v: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    };
  },
  'utilities.digest': (_site, _run, args) => {
    const hash = HASHES[textArg(args, 0)];
    if (hash === undefined) throw new Refusal(`not provided: Utilities.computeDigest with ${textArg(args, 0)}`);
    return {
      v: createHash(hash)
        .update(Buffer.from(textArg(args, 1), 'base64'))
        .digest('base64'),
    };
  },
  'utilities.hmacSha256': (_site, _run, args) => {
    const key = Buffer.from(textArg(args, 1), 'base64');
    return {
      v: createHmac('sha256', key)
        .update(Buffer.from(textArg(args, 0), 'base64'))
        .digest('base64'),
    };
  },

  'session.timeZone': (site) => ({ v: site.scriptTimeZone }),
  'session.userKey': (site, run) => ({
    v: createHash('sha256').update(`${site.scriptId} ${run.user}`).digest('base64'),
  }),
  'session.email': (site, run, args) => {
    needScope(
      site,
      run,
      ['userinfo.email'],
      textArg(args, 0) === 'active' ? 'Session.getActiveUser' : 'Session.getEffectiveUser',
    );
    return { v: run.user };
  },

  'mail.send': (site, run, args) => {
    needScope(site, run, ['script.send_mail'], 'MailApp.sendEmail');
    const message = objectArg(args, 0);
    const text = (key: string): string => (typeof message[key] === 'string' ? message[key] : '');
    const people = ['to', 'cc', 'bcc'].flatMap((key) =>
      text(key)
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    );
    const wrong = people.find((each) => !/[^\s@]+@[^\s@]+/.test(each));
    if (wrong !== undefined) throw new Refusal(`Invalid email: ${wrong}`);
    if (people.length > mailsLeft(site.mails, run.nowMs))
      throw new Refusal('Service invoked too many times for one day: email.');
    if (Buffer.byteLength(text('body')) > limits.mailBodyBytes) throw new Refusal('Limit Exceeded: Email Body Size.');
    site.mails.push({
      at: run.nowMs,
      from: run.user,
      to: text('to'),
      subject: text('subject'),
      body: text('body'),
      ...(text('htmlBody') === '' ? {} : { htmlBody: text('htmlBody') }),
      ...(text('cc') === '' ? {} : { cc: text('cc') }),
      ...(text('bcc') === '' ? {} : { bcc: text('bcc') }),
    });
    return {};
  },
  'mail.remaining': (site, run) => ({ v: mailsLeft(site.mails, run.nowMs) }),

  'log.write': (_site, run, args) => {
    run.log.push(textArg(args, 1));
    return {};
  },
};

function mailsLeft(mails: readonly Mail[], nowMs: number): number {
  const recent = mails.filter((mail) => mail.at > nowMs - 86_400_000);
  const sent = recent.reduce(
    (sum, mail) => sum + [mail.to, mail.cc ?? '', mail.bcc ?? ''].join(',').split(',').filter(Boolean).length,
    0,
  );
  return Math.max(0, limits.mailRecipients - sent);
}
