import type { SimulatorReply } from './types.ts';

/** A JSON answer. */
export function jsonReply(
  status: number,
  value: unknown,
  extra: { readonly headers?: Readonly<Record<string, string>>; readonly seconds?: number } = {},
): SimulatorReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...extra.headers },
    body: JSON.stringify(value),
    ...(extra.seconds === undefined ? {} : { seconds: extra.seconds }),
  };
}

/** The HTML page that a proxy in front of the service shows, e.g. for 503: clients must survive a body that is not JSON. */
export function htmlReply(
  status: number,
  title: string,
  headers: Readonly<Record<string, string>> = {},
): SimulatorReply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
    body: `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><center><h1>${status} ${title}</h1></center></body>\r\n</html>\r\n`,
  };
}

/** The same answer cut in its middle, as a broken proxy would hand it on: status 200, the body no longer what it was. */
export function malformed(reply: SimulatorReply): SimulatorReply {
  const text = reply.body === undefined ? '' : reply.body.toString();
  return { ...reply, status: 200, body: text.length < 2 ? '<' : text.slice(0, Math.floor(text.length / 2)) };
}
