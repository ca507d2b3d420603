// One placement's way to its cluster, in the few shapes in which this backend asks.
import { z } from 'zod';

import { RetryableError } from '../../../domain/errors';
import type { PaceReport } from '../../../domain/placement/pace';
import type { ClusterAnswer, ClusterApi, ClusterRequest } from '../cluster/cluster-api';
import { jsonOf } from '../json-of';
import { paceReport } from '../pace-report';
import { answerInWords } from '../status';

/** A read or a delete that takes longer counts as unanswered, milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly text: string;
  readonly serverTime: number | undefined;
}

export interface Cluster {
  readonly namespace: string;
  /** Sends one request. Rejects where no answer came. */
  send(request: Omit<ClusterRequest, 'timeoutMs'> & { readonly timeoutMs?: number }): Promise<Answer>;
  /** The way itself, with what each answer says about rates told. */
  readonly api: ClusterApi;
}

/** `api` is called at the first request, so that nothing loads before it is needed. */
export function clusterOf(
  namespace: string,
  api: () => ClusterApi,
  onPace: (report: PaceReport) => void,
): Cluster {
  const paced: ClusterApi = {
    send: async (request) => {
      const answer = await api().send(request);
      onPace(paceReport(request.method, answer));
      return answer;
    },
  };
  return {
    namespace,
    api: paced,
    send: async (request) => textAnswer(await paced.send({ timeoutMs: REQUEST_TIMEOUT_MS, ...request })),
  };
}

function textAnswer({ status, body, serverTime }: ClusterAnswer): Answer {
  return {
    status,
    body,
    serverTime,
    // Made where it is read: a log of many megabytes never is.
    get text() {
      return body.toString('utf8');
    },
  };
}

export function isSuccess({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}

/** What a success says. Throws RetryableError for what is none, or not of this shape. */
export function readBy<T extends z.ZodType>(schema: T, answer: Answer, what: string): z.infer<T> {
  if (!isSuccess(answer)) throw refusedAnswer(answer, what);
  const json = jsonOf(answer.text);
  if (json === undefined)
    throw new RetryableError(`The cluster answered ${what} with what is no JSON.`, { status: answer.status });
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new RetryableError(
    `The cluster answered ${what} in a form that is not known: ${z.prettifyError(parsed.error)}`,
    { status: answer.status },
  );
}

/** The error of an answer that is no success. */
export function refusedAnswer(answer: Answer, what: string): RetryableError {
  return new RetryableError(`The cluster did not answer ${what}: ${answerInWords(answer)}`, {
    status: answer.status,
  });
}
