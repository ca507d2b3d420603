// The calls of the API that the page makes. It is the page of the very app that it asks, of one build, so answers are
// taken to be of the API's own types: the schemas that would read them weigh 54 KB, gzipped, of the page's 100.
import type { z } from 'zod';

import type { canceledJobsSchema } from '../../api/cancel-jobs';
import type { Health } from '../../api/health';
import type { jobListSchema, JobView } from '../../api/jobs';
import type { PlacementList, PlacementsQuery } from '../../api/placements';
import type { ResubmitJobs, ResubmittedJobs } from '../../api/resubmit-jobs';
import type { RanSchedule, ScheduleList, ScheduleView } from '../../api/schedules';
import type { Converted, Submitted } from '../../api/submissions';
import type { SpecOverrides } from '../../domain/spec/spec-overrides';
import type { ListFilter } from '../route';
import { ApiProblem, type Asked, NOT_MODIFIED, type Send } from './request';

type JobList = z.infer<typeof jobListSchema>;
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
  cancelMany(what: unknown): Promise<CanceledJobs>;
  resubmit(id: string, key: string, overrides?: SpecOverrides): Promise<Submitted>;
  resubmitMany(what: ResubmitJobs, key: string): Promise<ResubmittedJobs>;
  submit(document: string, key: string): Promise<Submitted>;
  convert(document: string, signal?: AbortSignal): Promise<Converted>;
  schedules(signal?: AbortSignal): Promise<ScheduleList>;
  steer(name: string, to: 'pause' | 'resume'): Promise<ScheduleView>;
  runSchedule(name: string, key: string): Promise<RanSchedule>;
  placements(query?: PlacementsQuery, signal?: AbortSignal): Promise<PlacementList>;
  health(signal?: AbortSignal): Promise<Health | undefined>;
  drain(draining: boolean): Promise<unknown>;
}

const SERVICE_UNAVAILABLE = 503;

export function createApi(send: Send): Api {
  const read = async (path: string, asked?: Asked): Promise<unknown> => (await send(path, asked)).json();
  const post = (path: string, body: unknown, key?: string): Promise<unknown> =>
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
    cancelMany: (what) => post('jobs/cancel', what) as Promise<CanceledJobs>,
    resubmit: (id, key, overrides) => post(`jobs/${id}/resubmit`, { overrides }, key) as Promise<Submitted>,
    resubmitMany: (what, key) => post('jobs/resubmit', what, key) as Promise<ResubmittedJobs>,
    submit: (document, key) => post('jobs', document, key) as Promise<Submitted>,
    convert: (document, signal) =>
      read('convert', { method: 'POST', body: document, signal }) as Promise<Converted>,
    schedules: (signal) => read('schedules', { signal }) as Promise<ScheduleList>,
    steer: (name, to) => post(`schedules/${encodeURIComponent(name)}/${to}`, {}) as Promise<ScheduleView>,
    runSchedule: (name, key) =>
      post(`schedules/${encodeURIComponent(name)}/run`, {}, key) as Promise<RanSchedule>,
    placements: (query = {}, signal) =>
      read('placements', { query: { ...query }, signal }) as Promise<PlacementList>,
    health: async (signal) => {
      try {
        return (await read('health', { signal })) as Health;
      } catch (error) {
        // A deployment that is not swept answers so, and says how it is; the page tells what its own requests meet.
        if (error instanceof ApiProblem && error.status === SERVICE_UNAVAILABLE) return undefined;
        throw error;
      }
    },
    drain: (draining) => post('drain', { draining }),
  };
}
