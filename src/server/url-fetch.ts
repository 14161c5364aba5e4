import type { HttpAnswer, HttpRequest, Transport } from './http.ts';

/**
 * Apps Script's UrlFetchApp as a transport. Every exception of the service is "no answer": its text is in the user's language
 * and repeats the whole address, so nothing is decided by it and addresses are taken out before it is shown.
 * @param hasTime false once no request should be sent any more that another one has failed before
 */
export function urlFetchTransport(hasTime: () => boolean): Transport {
  const send = (request: HttpRequest): HttpAnswer => {
    try {
      return answerOf(UrlFetchApp.fetch(request.url, optionsOf(request)));
    } catch (error) {
      return { transportFailed: true, reason: withoutAddresses(error) };
    }
  };
  return {
    send,
    sendAll: (requests) => {
      let responses: GoogleAppsScript.URL_Fetch.HTTPResponse[];
      try {
        responses = UrlFetchApp.fetchAll(requests.map((request) => ({ url: request.url, ...optionsOf(request) })));
      } catch {
        // One failure throws for the whole array and the answers of the others are lost. Those that must not be sent twice are not.
        return requests.map((request) =>
          (request.method === 'GET' || request.repeatable === true) && hasTime()
            ? send(request)
            : { transportFailed: true, reason: 'the answer was lost' },
        );
      }
      return responses.map(answerOf);
    },
  };
}

function optionsOf(request: HttpRequest): GoogleAppsScript.URL_Fetch.URLFetchRequestOptions {
  return {
    method: request.method === 'GET' ? 'get' : 'post',
    headers: { ...request.headers },
    muteHttpExceptions: true,
    followRedirects: false,
    ...(request.body === undefined ? {} : { payload: request.body }),
    ...(request.body === undefined ? {} : { contentType: request.contentType ?? 'application/json' }),
  };
}

function answerOf(response: GoogleAppsScript.URL_Fetch.HTTPResponse): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.getAllHeaders())) {
    headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return { status: response.getResponseCode(), headers, text: response.getContentText() };
}

function withoutAddresses(error: unknown): string {
  const text = error instanceof Error ? error.message : 'no answer';
  return text.replace(/https?:\/\/\S+/gi, '(address)').slice(0, 160);
}
