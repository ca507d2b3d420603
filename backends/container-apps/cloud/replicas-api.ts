// Replicas of an execution and tokens for streams: previews of the API, which the SDK lacks
// (docs/facts/container-apps.md#log-stream).
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { z } from 'zod';

import { RetryableError } from '../../../domain/errors';
import { armError } from '../../arm/arm-error';
import { type OneAnswer, sendOnceToArm } from '../../arm/send-once';
import { parsedAnswer } from '../../parsed-answer';

const API_VERSION = '2023-11-02-preview';
/** A read that takes longer counts as unanswered, milliseconds. */
export const ANSWER_WITHIN_MS = 20_000;

export interface ShownContainer {
  readonly name: string;
  readonly started: boolean;
  readonly runningState: string;
  readonly runningStateDetails: string;
  readonly logStreamEndpoint: string;
}

/** Where the jobs of a placement are. */
export interface JobsPath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** All reject with RetryableError when it can't be had, or `within` ends before. */
export interface ReplicasApi {
  /** The containers of all replicas of an execution. */
  containers(
    path: JobsPath,
    job: string,
    execution: string,
    within?: AbortSignal,
  ): Promise<readonly ShownContainer[]>;
  /** What may read the streams of a job for an hour. */
  token(path: JobsPath, job: string, within?: AbortSignal): Promise<string>;
}

export interface ReplicasParts {
  readonly endpoint: URL;
  readonly credential: TokenCredential;
  readonly httpClient?: HttpClient | undefined;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const containerSchema = z.object({
  name: z.string(),
  started: z
    .boolean()
    .nullish()
    .transform((value) => value === true),
  runningState: text,
  runningStateDetails: text,
  logStreamEndpoint: text,
});
const replicasSchema = z.object({
  value: z.array(z.object({ properties: z.object({ containers: z.array(containerSchema) }) })),
});
const tokenSchema = z.object({ properties: z.object({ token: z.string().min(1) }) });

export function createReplicasApi({ endpoint, credential, httpClient }: ReplicasParts): ReplicasApi {
  const send = sendOnceToArm(endpoint, credential, httpClient);

  async function ask<T>(
    method: 'GET' | 'POST',
    path: string,
    schema: z.ZodType<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const url = new URL(`${path}?api-version=${API_VERSION}`, endpoint);
    const answer = await send({ method, url, withinMs: ANSWER_WITHIN_MS, signal });
    const what = `${method} ${path}`;
    if (answer.status !== 200) throw refused(answer, what);
    return parsedAnswer(schema, answer.body, what);
  }

  return {
    containers: async (path, job, execution, within) => {
      const url = `${jobPath(path, job)}/executions/${encodeURIComponent(execution)}/replicas`;
      const { value } = await ask('GET', url, replicasSchema, within);
      return value.flatMap(({ properties }) => properties.containers);
    },
    token: async (path, job, within) => {
      const { properties } = await ask('POST', `${jobPath(path, job)}/getAuthToken`, tokenSchema, within);
      return properties.token;
    },
  };
}

function jobPath({ subscriptionId, resourceGroup }: JobsPath, job: string): string {
  const [subscription, group, name] = [subscriptionId, resourceGroup, job].map(encodeURIComponent);
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.App/jobs/${name}`;
}

/** What an answer other than 200 says, as an error. */
export function refused({ status, body }: OneAnswer, what: string): RetryableError {
  const { code, message } = armError(body);
  return new RetryableError(`${what} was answered HTTP ${status} ${code ?? ''} ${message}`.trim(), {
    status,
  });
}
