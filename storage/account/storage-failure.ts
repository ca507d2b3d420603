// Tells apart what a storage SDK threw: a definite answer of the store, or none.
import { z } from 'zod';

import { type ErrorFacts, messageOf, RetryableError, RunnerError, TerminalError } from '../../domain/errors';

/** What the three SDKs' errors have in common; tables put the service's code into `details`. */
const answerSchema = z.object({
  name: z.string().optional(),
  statusCode: z.number().optional(),
  code: z.union([z.string(), z.number()]).optional(),
  details: z
    .object({
      errorCode: z.string().optional(),
      odataError: z.object({ code: z.string().optional() }).optional(),
    })
    .optional(),
});

export interface StorageAnswer {
  /** The HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** The service's error code, such as `EntityAlreadyExists`, or the system's, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
}

/** The status and code that an SDK's error carries. */
export function answerOf(thrown: unknown): StorageAnswer {
  const parsed = answerSchema.safeParse(thrown);
  if (!parsed.success) return { status: undefined, code: undefined };
  const { statusCode, code, details } = parsed.data;
  return {
    status: statusCode,
    code: details?.odataError?.code ?? details?.errorCode ?? (code === undefined ? undefined : String(code)),
  };
}

/** Whether the table, container or queue itself is not there (yet). */
export function isStoreAbsent(thrown: unknown): boolean {
  return STORE_ABSENT.has(answerOf(thrown).code ?? '');
}

const STORE_ABSENT = new Set(['TableNotFound', 'ContainerNotFound', 'QueueNotFound']);
/**
 * Errors that pass by themselves although their status says client error: a store just created, or just deleted under
 * the same name.
 */
const PASSING = new Set([...STORE_ABSENT, 'TableBeingDeleted', 'ContainerBeingDeleted', 'QueueBeingDeleted']);
/**
 * Names of errors without a status that mean "no answer": the pipeline's own, a time-out, and a token that could not be
 * had.
 */
const NO_ANSWER = new Set([
  'RestError',
  'AbortError',
  'TimeoutError',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'CredentialUnavailableError',
]);

/**
 * The error to throw for what an SDK threw: RetryableError when the store gave no definite answer (connection,
 * time-out, 408, 429, 5xx), TerminalError for a definite refusal; anything that is not the store's doing is handed back
 * as it was.
 *
 * @param doing names the operation and its object, such as `insert jabc.../job into table GpuJobs`.
 */
export function storageFailure(thrown: unknown, doing: string, facts: ErrorFacts): unknown {
  if (thrown instanceof RunnerError) return thrown;
  const { status, code } = answerOf(thrown);
  const known = {
    ...facts,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
  };
  if (status === undefined && !gaveNoAnswer(thrown, code)) return thrown;
  const said = [status, code ?? messageOf(thrown)].filter((part) => part !== undefined).join(' ');
  if (isDefinite(status, code)) {
    const hint =
      status === 401 || status === 403
        ? ': check the account key, or that the identity holds the data roles (Table, Blob and Queue Data Contributor)'
        : '';
    return new TerminalError(`Storage refused to ${doing}: ${said}${hint}`, known, { cause: thrown });
  }
  return new RetryableError(`Storage gave no definite answer when asked to ${doing}: ${said}`, known, {
    cause: thrown,
  });
}

function gaveNoAnswer(thrown: unknown, code: string | undefined): boolean {
  const name = thrown instanceof Error ? thrown.name : '';
  return NO_ANSWER.has(name) || /^E[A-Z_]+$/.test(code ?? '');
}

function isDefinite(status: number | undefined, code: string | undefined): boolean {
  if (status === undefined || PASSING.has(code ?? '')) return false;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
