// The calls of the API that the page makes. It is the page of the very app that it asks, of one build, so answers are
// taken to be of the API's own types: the schemas that would read them weigh 54 KB, gzipped, of the page's 100.
import type { z } from 'zod';

import type { canceledJobsSchema, cancelJobsSchema } from '../../api/cancel-jobs';
import type { GroupView } from '../../api/groups';
import type { Health, Unreachable } from '../../api/health';
import type { jobListSchema, JobView } from '../../api/jobs';
import type { OutputsPage } from '../../api/outputs';
import type { PlacementList } from '../../api/placements';
import type { ResubmitJobs, ResubmittedJobs } from '../../api/resubmit-jobs';
import type { RanSchedule, ScheduleList, ScheduleView } from '../../api/schedules';
import type { Submitted } from '../../api/submissions';
import type { ListFilter } from '../route';
import { type Asked, NOT_MODIFIED, type Send } from './request';

/** An answer, too: what is wrong with the deployment. */
const UNHEALTHY = 503;

type JobList = z.infer<typeof jobListSchema>;
export type CancelJobs = z.infer<typeof cancelJobsSchema>;
type CanceledJobs = z.infer<typeof canceledJobsSchema>;

/** A job with its version; `undefined`: it has not changed. */
interface ReadJob {
  readonly job: JobView;
  readonly etag: string | undefined;
}

export interface Api {
  readonly send: Send;
  list(
    query: ListFilter & { limit?: number; continuation?: string | undefined },
    signal?: AbortSignal,
  ): Promise<JobList>;
  /** With `unless`, waits up to `waitS` seconds for another version than that. */
  job(
    id: string,
    how?: { unless?: string | undefined; waitS?: number; signal?: AbortSignal },
  ): Promise<ReadJob | undefined>;
  cancel(id: string): Promise<JobView>;
  resubmit(id: string, key: string): Promise<Submitted>;
  group(id: string, signal?: AbortSignal): Promise<GroupView>;
  outputs(
    id: string,
    query: { attempt: number; limit: number; continuation: string | undefined },
  ): Promise<OutputsPage>;
  schedules(signal?: AbortSignal): Promise<ScheduleList>;
  pauseSchedule(name: string, isPaused: boolean): Promise<ScheduleView>;
  runSchedule(name: string, key: string): Promise<RanSchedule>;
  placements(signal?: AbortSignal): Promise<PlacementList>;
  health(signal?: AbortSignal): Promise<Health | Unreachable>;
  drain(isDraining: boolean): Promise<unknown>;
  cancelMany(which: CancelJobs): Promise<CanceledJobs>;
  /** One page of them. */
  resubmitMany(which: ResubmitJobs, key: string): Promise<ResubmittedJobs>;
}

export function createApi(send: Send): Api {
  const read = async (path: string, asked?: Asked): Promise<unknown> => (await send(path, asked)).json();
  const post = (path: string, body?: unknown, key?: string): Promise<unknown> =>
    read(path, {
      method: 'POST',
      body,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
  return {
    send,
    list: (query, signal) => read('jobs', { query, signal }) as Promise<JobList>,
    job: async (id, { unless, waitS = 0, signal } = {}) => {
      const response = await send(`jobs/${id}`, {
        ...(unless === undefined ? {} : { headers: { 'if-none-match': unless }, query: { wait: waitS } }),
        signal,
      });
      if (response.status === NOT_MODIFIED) return undefined;
      return { job: (await response.json()) as JobView, etag: response.headers.get('etag') ?? undefined };
    },
    cancel: (id) => post(`jobs/${id}/cancel`, {}) as Promise<JobView>,
    resubmit: (id, key) => post(`jobs/${id}/resubmit`, {}, key) as Promise<Submitted>,
    group: (id, signal) => read(`groups/${id}`, { signal }) as Promise<GroupView>,
    outputs: (id, query) => read(`jobs/${id}/outputs`, { query }) as Promise<OutputsPage>,
    schedules: (signal) => read('schedules', { signal }) as Promise<ScheduleList>,
    pauseSchedule: (name, isPaused) =>
      post(`schedules/${name}/${isPaused ? 'pause' : 'resume'}`) as Promise<ScheduleView>,
    runSchedule: (name, key) => post(`schedules/${name}/run`, undefined, key) as Promise<RanSchedule>,
    placements: (signal) => read('placements', { signal }) as Promise<PlacementList>,
    health: (signal) => read('health', { signal, takes: [UNHEALTHY] }) as Promise<Health | Unreachable>,
    drain: (draining) => post('drain', { draining }),
    cancelMany: (which) => post('jobs/cancel', which) as Promise<CanceledJobs>,
    resubmitMany: (which, key) => post('jobs/resubmit', which, key) as Promise<ResubmittedJobs>,
  };
}
