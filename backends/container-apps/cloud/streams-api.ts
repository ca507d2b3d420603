// The streams of a job, read up to now: what its container prints, and what the platform says
// (docs/facts/container-apps.md#log-stream, #event-stream).
import type { HttpClient } from '@azure/core-rest-pipeline';

import { sendOnce } from '../../arm/send-once';
import { createMemory } from '../../memory';
import { ANSWER_WITHIN_MS, type JobsPath, refused, type ReplicasApi } from './replicas-api';
import { streamAddress } from './stream-address';

/** The most lines that a stream shows of what is past. */
export const MOST_LINES = 300;
/** The most jobs whose tokens are kept. What is forgotten is asked for once more. */
const MOST_REMEMBERED = 1_000;

/** Both reject with RetryableError when it can't be had, or `within` ends before. */
export interface StreamsApi {
  /** The end of a container's log, a line each as `time stream F text`. */
  log(path: JobsPath, job: string, address: string, within?: AbortSignal): Promise<string>;
  /** The last that the platform says of a job, a JSON object each line. */
  events(path: JobsPath, job: string, address: string, within?: AbortSignal): Promise<string>;
}

/**
 * It keeps the token of each job, which is good for an hour, and asks for another where one is refused. `endpoint`:
 * Resource Manager's, which names the addresses.
 */
export function createStreamsApi(
  replicas: ReplicasApi,
  endpoint: URL,
  httpClient: HttpClient | undefined,
): StreamsApi {
  const send = sendOnce(httpClient);
  const tokens = createMemory<string>(MOST_REMEMBERED);

  async function tokenOf(path: JobsPath, job: string, within: AbortSignal | undefined): Promise<string> {
    const key = keyOf(path, job);
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const token = await replicas.token(path, job, within);
    tokens.set(key, token);
    return token;
  }

  async function read(
    path: JobsPath,
    job: string,
    [named, output]: readonly [address: string, output: 'text' | 'json'],
    within: AbortSignal | undefined,
  ): Promise<string> {
    const address = upToNow(streamAddress(named, endpoint), output);
    const isKept = tokens.get(keyOf(path, job)) !== undefined;
    const authorization = `Bearer ${await tokenOf(path, job, within)}`;
    const answer = await send({
      method: 'GET',
      url: address,
      headers: { authorization },
      withinMs: ANSWER_WITHIN_MS,
      signal: within,
    });
    if (answer.status === 200) return answer.body;
    // Another answer says nothing against the token: jobs may have no event stream, and each look asks for it.
    const isRefused = answer.status === 401 || answer.status === 403;
    if (isRefused) tokens.delete(keyOf(path, job));
    if (isRefused && isKept) return read(path, job, [named, output], within);
    throw refused(answer, `GET ${address.pathname}`);
  }

  return {
    log: (path, job, address, within) => read(path, job, [address, 'text'], within),
    events: (path, job, address, within) => read(path, job, [address, 'json'], within),
  };
}

function keyOf({ resourceGroup }: JobsPath, job: string): string {
  return `${resourceGroup}/${job}`.toLowerCase();
}

function upToNow(address: URL, output: 'text' | 'json'): URL {
  const url = new URL(address);
  url.search = new URLSearchParams({ follow: 'false', tailLines: String(MOST_LINES), output }).toString();
  return url;
}
