// One request to the API: address, key, time limit, repetition where that is safe, errors with their details.
import { setTimeout as sleep } from 'node:timers/promises';

import type { z } from 'zod';

import { messageOf, TerminalError } from '../domain/errors';
import { isLoopback } from '../domain/parse/loopback';
import { parseUntrusted } from '../domain/parse/parse-untrusted';
import { type Clock, systemClock } from '../domain/ports/clock';
import { ApiError, UnexpectedAnswerError, UnreachableError } from './errors';
import { problemOf } from './problem-of';
import { delayBefore, isNotNow, retryAfterMs } from './retry-policy';

/** A try that failed and is followed by another. */
interface Retry {
  readonly request: string;
  /** Number of the try to come, from 2. */
  readonly next: number;
  readonly afterMs: number;
  readonly why: string;
}

export interface TransportOptions {
  /** Where the deployment answers, such as `https://my-app.azurewebsites.net`; `/api` at its end is passed over. */
  readonly url: string;
  /** A function key; sent in a header, never in an address. */
  readonly key?: string | undefined;
  /** How long a request that may be repeated is repeated, milliseconds; default 10 seconds. */
  readonly patienceMs?: number;
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly pause?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** In [0, 1). */
  readonly random?: () => number;
}

interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the deployment's address, such as `/api/jobs`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON unless it is a text, which goes as it is. */
  readonly body?: unknown;
  /** Statuses that are answers besides 2xx. */
  readonly alsoAnswers?: readonly number[];
  /** Seconds that the API was asked to wait before it answers. */
  readonly waitS?: number;
  /** Longer patience than the transport's own, milliseconds. */
  readonly patienceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Transport {
  readonly url: string;
  send(request: ApiRequest): Promise<Response>;
  /** Sends and parses the JSON of the answer; unknown fields pass. */
  ask<T>(request: ApiRequest, schema: z.ZodType<T>): Promise<T>;
}

/**
 * The longest that an answer may take beyond the time it was asked to wait, milliseconds. A cold start takes several
 * seconds.
 */
const ANSWER_WITHIN_MS = 60_000;
const DEFAULT_PATIENCE_MS = 10_000;

/** @throws TerminalError where the key would go over a network in clear text. */
export function createTransport(options: TransportOptions): Transport {
  const base = options.url.replace(/\/+$/, '').replace(/\/api$/, '');
  if (options.key !== undefined) refuseClearText(base);
  const clock = options.clock ?? systemClock;
  const pause =
    options.pause ?? ((ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }));
  const random = options.random ?? Math.random;
  const doFetch = options.fetch ?? fetch;

  const tryOnce = async (request: ApiRequest): Promise<Response> => {
    const limit = AbortSignal.timeout(ANSWER_WITHIN_MS + (request.waitS ?? 0) * 1000);
    const signal = request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]);
    return doFetch(addressOf(base, request), { ...initOf(request, options.key), signal });
  };

  const send = async (request: ApiRequest): Promise<Response> => {
    const name = `${request.method} ${request.path}`;
    const patienceMs = request.patienceMs ?? options.patienceMs ?? DEFAULT_PATIENCE_MS;
    const until = clock.monotonic() + (mayRepeat(request) ? patienceMs : 0);
    for (let tries = 1; ; tries += 1) {
      let why: string;
      let cause: unknown;
      let askedMs: number | undefined;
      try {
        const response = await tryOnce(request);
        if (response.ok || request.alsoAnswers?.includes(response.status) === true) return response;
        cause = new ApiError(name, response.status, await problemOf(response));
        if (!isNotNow(response.status)) throw cause;
        why = `it answers ${response.status}, ${messageOf(cause)}`;
        askedMs = retryAfterMs(response.headers.get('retry-after'), clock.now());
      } catch (error) {
        request.signal?.throwIfAborted();
        if (error instanceof ApiError) throw error;
        cause = error;
        why = whyNoAnswer(error);
      }
      const afterMs = askedMs ?? delayBefore(tries + 1, random());
      if (clock.monotonic() + afterMs > until) {
        if (cause instanceof ApiError) throw cause;
        throw new UnreachableError(base, tries, why, { cause });
      }
      options.onRetry?.({ request: name, next: tries + 1, afterMs, why });
      await pause(afterMs, request.signal);
    }
  };

  return {
    url: base,
    send,
    ask: async (request, schema) => {
      const name = `${request.method} ${request.path}`;
      const text = await (await send(request)).text();
      const parsed = parseUntrusted(schema, parseJson(name, text));
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new UnexpectedAnswerError(name, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {
        cause: parsed.error,
      });
    },
  };
}

function refuseClearText(base: string): void {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url?.protocol !== 'http:' || isLoopback(url)) return;
  throw new TerminalError(
    `No key is sent to ${base}, where everybody on the way could read it: use https. http is for 127.0.0.1 and localhost.`,
    { url: base },
  );
}

/** A read may be sent twice, and so may a submission whose key makes the second one the same as the first. */
function mayRepeat({ method, headers }: ApiRequest): boolean {
  return method === 'GET' || (method === 'POST' && headers?.['idempotency-key'] !== undefined);
}

function addressOf(base: string, { path, query = {} }: ApiRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return `${base}${path}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

function initOf({ method, headers = {}, body }: ApiRequest, key: string | undefined): RequestInit {
  const sent = new Headers({ accept: 'application/json' });
  if (key !== undefined) sent.set('x-functions-key', key);
  if (body !== undefined)
    sent.set('content-type', typeof body === 'string' ? 'text/plain' : 'application/json');
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) sent.set(name, value);
  // fetch would take the key along to wherever a redirect leads.
  const redirect = 'manual';
  if (body === undefined) return { method, headers: sent, redirect };
  return { method, headers: sent, redirect, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function parseJson(request: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnexpectedAnswerError(request, `no JSON: ${text.slice(0, 80)}`, { cause: error });
  }
}

/** fetch says only "fetch failed"; what failed is its cause. */
function whyNoAnswer(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer came in time';
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join('; ');
  return messageOf(cause ?? error);
}
