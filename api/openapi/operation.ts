// One operation of the HTTP API, described by the schemas that its handler uses.
import { z } from 'zod';

import { problemSchema } from '../problem';

type Method = 'get' | 'post' | 'put' | 'delete';

/** Schemas by media type; undefined: bytes or text that no schema describes. */
export type Content = Readonly<Record<string, z.ZodType | undefined>>;

export interface Answer {
  readonly description: string;
  readonly content?: Content;
  /** Headers by lower-case name. */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: z.ZodType }>>;
}

export interface Operation {
  /** The name of the function that answers; the operation's id. */
  readonly id: string;
  readonly method: Method;
  /** Below `/api`, as `app.http` takes it. */
  readonly route: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Asks for no function key. */
  readonly anonymous?: true;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Request headers. */
  readonly headers?: z.ZodObject;
  readonly body?: {
    readonly description: string;
    /** Default: true. */
    readonly required?: boolean;
    readonly content: Content;
  };
  /** By HTTP status. The host's own answers are added: 401 where a key is asked for. */
  readonly answers: Readonly<Record<number, Answer>>;
}

/** An answer of JSON. */
export function json(description: string, schema: z.ZodType, headers?: Answer['headers']): Answer {
  return {
    description,
    content: { 'application/json': schema },
    ...(headers === undefined ? {} : { headers }),
  };
}

/** An answer of problem details. */
export function refusal(description: string): Answer {
  return { description, content: { 'application/problem+json': problemSchema } };
}

/** The errors that reading a JSON body may give (read-json.ts). */
export const BAD_BODY = {
  400: refusal('The body or the query is not what this operation takes; each bad field is named.'),
  413: refusal('The body is larger than 256 KiB.'),
} as const;

/** For operations with a query and no body. */
export const BAD_QUERY = { 400: refusal('The query is not what this operation takes.') } as const;

/** Where the new job is. */
export const LOCATION: NonNullable<Answer['headers']> = {
  location: { description: 'path of the job', schema: z.string() },
};

export const NO_SUCH_JOB = { 404: refusal('There is no such job.') } as const;
