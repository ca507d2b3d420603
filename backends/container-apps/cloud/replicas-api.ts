// Replicas of an execution and the stream of a container's log: previews of the API, which the SDK lacks
// (docs/facts/container-apps.md#log-stream).
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, Pipeline, PipelineResponse } from '@azure/core-rest-pipeline';
import { z } from 'zod';

import { RetryableError } from '../../../domain/errors';
import { isLoopback } from '../../../domain/parse/loopback';
import { armError } from '../../arm/arm-error';
import { coreRestPipeline } from '../../arm/core-sdk';
import { jsonOf } from '../../json-of';

const API_VERSION = '2023-11-02-preview';
/** A read that takes longer counts as unanswered, milliseconds. */
const ANSWER_WITHIN_MS = 20_000;
/** The most lines that a stream shows of what is past. */
export const MOST_LINES = 300;

export interface ShownContainer {
  readonly name: string;
  readonly started: boolean;
  readonly runningState: string;
  readonly runningStateDetails: string;
  readonly logStreamEndpoint: string;
}

/** Where the jobs of a placement are. */
interface JobsPath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

export interface ReplicasApi {
  /** The containers of all replicas of an execution. Rejects with RetryableError when they can't be had. */
  containers(path: JobsPath, job: string, execution: string): Promise<readonly ShownContainer[]>;
  /** What may read the streams of a job for an hour. Rejects with RetryableError when it can't be had. */
  token(path: JobsPath, job: string): Promise<string>;
  /** The end of a container's log, a line each as `time stream F text`. Rejects like the others. */
  stream(container: ShownContainer, token: string): Promise<string>;
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
  const armPipeline = lazily(() => pipelineTo(endpoint, credential));
  const streamPipeline = lazily(() => coreRestPipeline().createPipelineFromOptions({ retryOptions: ONCE }));

  async function send(
    pipeline: Pipeline,
    request: {
      readonly method: 'GET' | 'POST';
      readonly url: URL;
      readonly headers?: Record<string, string>;
    },
  ): Promise<PipelineResponse> {
    const { createDefaultHttpClient, createPipelineRequest, createHttpHeaders } = coreRestPipeline();
    const { method, url, headers = {} } = request;
    return pipeline.sendRequest(
      httpClient ?? createDefaultHttpClient(),
      createPipelineRequest({
        url: url.href,
        method,
        headers: createHttpHeaders(headers),
        timeout: ANSWER_WITHIN_MS,
        allowInsecureConnection: isLoopback(url),
      }),
    );
  }

  async function arm<T>(method: 'GET' | 'POST', path: string, schema: z.ZodType<T>): Promise<T> {
    const url = new URL(`${path}?api-version=${API_VERSION}`, endpoint);
    const answer = await send(armPipeline(), { method, url });
    const what = `${method} ${path}`;
    if (answer.status !== 200) throw refused(answer, what);
    const parsed = schema.safeParse(jsonOf(answer.bodyAsText ?? ''));
    if (parsed.success) return parsed.data;
    throw new RetryableError(`The answer to ${what} has another shape: ${z.prettifyError(parsed.error)}`);
  }

  return {
    containers: async (path, job, execution) => {
      const url = `${jobPath(path, job)}/executions/${encodeURIComponent(execution)}/replicas`;
      const { value } = await arm('GET', url, replicasSchema);
      return value.flatMap(({ properties }) => properties.containers);
    },
    token: async (path, job) => {
      const { properties } = await arm('POST', `${jobPath(path, job)}/getAuthToken`, tokenSchema);
      return properties.token;
    },
    stream: async ({ logStreamEndpoint }, token) => {
      const url = new URL(logStreamEndpoint);
      url.search = new URLSearchParams({
        follow: 'false',
        tailLines: String(MOST_LINES),
        output: 'text',
      }).toString();
      const answer = await send(streamPipeline(), {
        method: 'GET',
        url,
        headers: { authorization: `Bearer ${token}` },
      });
      if (answer.status === 200) return answer.bodyAsText ?? '';
      throw refused(answer, 'the request for the log stream');
    },
  };
}

const ONCE = { maxRetries: 0 };

function pipelineTo(endpoint: URL, credential: TokenCredential): Pipeline {
  const { bearerTokenAuthenticationPolicy, createPipelineFromOptions } = coreRestPipeline();
  const made = createPipelineFromOptions({ retryOptions: ONCE });
  if (!isLoopback(endpoint))
    made.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${endpoint.origin}/.default` }));
  return made;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function jobPath({ subscriptionId, resourceGroup }: JobsPath, job: string): string {
  const [subscription, group, name] = [subscriptionId, resourceGroup, job].map(encodeURIComponent);
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.App/jobs/${name}`;
}

function refused({ status, bodyAsText }: PipelineResponse, what: string): RetryableError {
  const { code, message } = armError(bodyAsText ?? '');
  return new RetryableError(`${what} was answered HTTP ${status} ${code ?? ''} ${message}`.trim(), {
    status,
  });
}
