// Reads of Resource Manager that none of our SDKs has, such as one's own rights.
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, Pipeline, PipelineRequestOptions } from '@azure/core-rest-pipeline';
import { z } from 'zod';

import { RetryableError } from '../../domain/errors';
import { isLoopback } from '../../domain/parse/loopback';
import { parsedAnswer } from '../parsed-answer';
import { armError } from './arm-error';
import { armPipeline, READ_RETRIES } from './arm-pipeline';
import { coreRestPipeline } from './core-sdk';

/** A read that takes longer counts as unanswered, milliseconds. */
const ANSWER_WITHIN_MS = 20_000;
/** Of a list that goes on for longer the rest is not read. */
const MOST_PAGES = 20;

export type ArmRead<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'absent' }
  /** This identity may not read it. */
  | { readonly kind: 'forbidden'; readonly why: string };

export interface ArmReads {
  /** Rejects with RetryableError when there is no usable answer. `path`: with its query, but for the version. */
  list<T>(path: string, apiVersion: string, schema: z.ZodType<T>): Promise<ArmRead<readonly T[]>>;
  /** One resource; rejects like `list`. */
  one<T>(path: string, apiVersion: string, schema: z.ZodType<T>): Promise<ArmRead<T>>;
  /** What is asked by POST and changes nothing; rejects like `list`. */
  ask<T>(path: string, apiVersion: string, question: unknown, schema: z.ZodType<T>): Promise<ArmRead<T>>;
}

export interface ArmReadsParts {
  readonly endpoint: URL;
  /** Asked for tokens unless the endpoint is http on loopback. */
  readonly credential: TokenCredential;
  /** Left out: the network. */
  readonly httpClient?: HttpClient | undefined;
}

export function createArmReads({ endpoint, credential, httpClient }: ArmReadsParts): ArmReads {
  let pipeline: Pipeline | undefined;

  async function send<T>(url: URL, schema: z.ZodType<T>, question?: unknown): Promise<ArmRead<T>> {
    const { createDefaultHttpClient, createPipelineRequest } = coreRestPipeline();
    pipeline ??= armPipeline(endpoint, credential, READ_RETRIES);
    const { status, bodyAsText } = await pipeline.sendRequest(
      httpClient ?? createDefaultHttpClient(),
      createPipelineRequest({
        url: url.href,
        timeout: ANSWER_WITHIN_MS,
        allowInsecureConnection: isLoopback(url),
        ...(question === undefined ? {} : asJson(question)),
      }),
    );
    const { code = '', message } = armError(bodyAsText ?? '');
    if (status === 404) return { kind: 'absent' };
    if (status === 403) return { kind: 'forbidden', why: `${code} ${message}`.trim() };
    const what = `${question === undefined ? 'GET' : 'POST'} ${url.pathname}`;
    if (status !== 200)
      throw new RetryableError(`${what} was answered HTTP ${status} ${code} ${message}`, { status });
    return { kind: 'read', value: parsedAnswer(schema, bodyAsText ?? '', what) };
  }

  const urlOf = (path: string, apiVersion: string): URL => {
    const url = new URL(path, endpoint);
    url.searchParams.set('api-version', apiVersion);
    return url;
  };

  return {
    list: async (path, apiVersion, schema) => {
      const page = z.object({ value: z.array(schema), nextLink: z.string().nullish() });
      const values: z.infer<typeof schema>[] = [];
      let url = urlOf(path, apiVersion);
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const read = await send(url, page);
        if (read.kind !== 'read') return read;
        values.push(...read.value.value);
        const { nextLink } = read.value;
        if (typeof nextLink !== 'string') break;
        // One that leads elsewhere is refused there: half a list would pass for the whole.
        url = linkOf(nextLink, path);
      }
      return { kind: 'read', value: values };
    },
    one: (path, apiVersion, schema) => send(urlOf(path, apiVersion), schema),
    ask: (path, apiVersion, question, schema) => send(urlOf(path, apiVersion), schema, question),
  };
}

function linkOf(link: string, path: string): URL {
  if (URL.canParse(link)) return new URL(link);
  throw new RetryableError(`The list ${path} goes on at ${JSON.stringify(link)}, which is no address.`);
}

function asJson(question: unknown): Pick<PipelineRequestOptions, 'method' | 'headers' | 'body'> {
  const { createHttpHeaders } = coreRestPipeline();
  return {
    method: 'POST',
    headers: createHttpHeaders({ 'content-type': 'application/json' }),
    body: JSON.stringify(question),
  };
}
