/** The browser's side of the one door to the server: typed, promise-shaped, one JSON text each way. */
import type { Answer, Request } from './state.ts';

/** The part of `google.script.run` that is used. */
interface Runner {
  withSuccessHandler(handler: (answer: unknown) => void): Runner;
  withFailureHandler(handler: (error: { readonly message?: string } | undefined) => void): Runner;
  call(request: string): void;
}

declare const google: { readonly script: { readonly run: Runner } };

/** Makes a call; rejects with a sentence that can be shown. */
export function ask(request: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    google.script.run
      .withSuccessHandler((text) => {
        const answer = read(text);
        if (answer.ok) resolve({ name: request.name, value: answer.value } as Answer);
        else reject(new Error(answer.message));
      })
      .withFailureHandler((error) => {
        const why = error?.message ? ` (${error.message})` : '';
        reject(new Error(`Google did not carry out the request${why}. Nothing was lost; try again.`));
      })
      .call(JSON.stringify(request));
  });
}

type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function read(text: unknown): Read {
  if (typeof text === 'string') {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'ok' in parsed) return parsed as Read;
  }
  return { ok: false, message: 'The answer could not be read. Reload the spreadsheet and try again.' };
}
