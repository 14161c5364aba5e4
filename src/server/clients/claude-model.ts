import type { ServiceError } from '../../lib/jobs/service-error.ts';
import type { TokenUsage } from '../../lib/prices.ts';

/** The body of `POST /v1/messages`, as far as its writer goes; passed on as it is. */
export interface ClaudeRequestBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly [field: string]: unknown;
}

/** What became of one request, by `stop_reason` first. */
export type ClaudeOutcome =
  /** `end_turn`: all text blocks joined; only this may be read as structured output. */
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly stopReason: string;
      readonly model: string;
      readonly usage: TokenUsage;
    }
  /** The model refused (arrives with HTTP 200). */
  | { readonly kind: 'refused'; readonly why: string; readonly model: string; readonly usage: TokenUsage }
  /** The answer was cut (`max_tokens`, context window): no text to rely on. */
  | { readonly kind: 'cut'; readonly stopReason: string; readonly model: string; readonly usage: TokenUsage }
  | { readonly kind: 'failed'; readonly error: ServiceError };

export interface ClaudeClient {
  /**
   * Asks all; answers stand in the order of the requests. The first of every cacheable beginning goes ahead, so that the others can read its
   * cache, then all others side by side in waves. After an error that would meet all others too (auth, spend limit, rate limit beyond
   * the time left) the rest is not asked and fails with the same error.
   */
  messages(bodies: readonly ClaudeRequestBody[]): readonly ClaudeOutcome[];
  /** Ids of the models that this key may use. Throws `ServiceError`. */
  models(): readonly string[];
}
