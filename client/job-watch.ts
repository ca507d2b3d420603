// Follows a job by its versions: one answer at each change, without asking all the time.
import { setTimeout as sleep } from 'node:timers/promises';

import { type JobView, jobViewSchema } from '../api/jobs';
import { UnexpectedAnswerError } from './errors';
import { isGone, isOver } from './job-end';
import { jobPath } from './jobs-client';
import type { Transport } from './transport';

export interface WatchOptions {
  /** `over`: ended for its user. `gone`: nothing of it is left in the cloud either. Default `over`. */
  readonly until?: 'over' | 'gone';
  readonly signal?: AbortSignal | undefined;
}

/** Seconds that the API is asked to wait for a change. */
const WAIT_S = 30;
/** How long a job is watched through restarts of the host, milliseconds. */
const WATCH_PATIENCE_MS = 120_000;
/** Between two looks where the API gave no version to wait for, milliseconds. */
const LOOK_EVERY_MS = 1_000;
const NOT_MODIFIED = 304;

/** Yields the job as it stands, then again at each change. Ends after the version that was waited for. */
export async function* watchJob(
  transport: Transport,
  id: string,
  { until = 'over', signal }: WatchOptions = {},
): AsyncGenerator<JobView, void> {
  const isEnd = until === 'over' ? isOver : isGone;
  let etag: string | undefined;
  for (let first = true; ; first = false) {
    if (!first && etag === undefined)
      await sleep(LOOK_EVERY_MS, undefined, signal === undefined ? {} : { signal });
    const response = await transport.send({
      method: 'GET',
      path: jobPath(id),
      ...(etag === undefined
        ? {}
        : { headers: { 'if-none-match': etag }, query: { wait: WAIT_S }, waitS: WAIT_S }),
      alsoAnswers: [NOT_MODIFIED],
      patienceMs: WATCH_PATIENCE_MS,
      signal,
    });
    if (response.status === NOT_MODIFIED) continue;
    etag = response.headers.get('etag') ?? undefined;
    const job = await jobOf(id, response);
    yield job;
    if (isEnd(job)) return;
  }
}

async function jobOf(id: string, response: Response): Promise<JobView> {
  const parsed = jobViewSchema.safeParse(await response.json());
  if (parsed.success) return parsed.data;
  throw new UnexpectedAnswerError(`GET ${jobPath(id)}`, 'no job', { cause: parsed.error });
}
