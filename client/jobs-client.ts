// Jobs over HTTP: submit, read, list, cancel, resubmit.
import { randomUUID } from 'node:crypto';

import type { z } from 'zod';

import { jobListSchema, type JobSummary, type JobView, jobViewSchema } from '../domain/api/jobs';
import { type ResubmitJobs, type ResubmittedJobs, resubmittedJobsSchema } from '../domain/api/resubmit-jobs';
import type { JobSpec } from '../domain/job-spec';
import {
  type Accepted,
  acceptedSchema,
  type CanceledMany,
  canceledManySchema,
  type Converted,
  convertedSchema,
} from './answers/submission';
import type { Transport } from './transport';

export type JobList = z.infer<typeof jobListSchema>;

/** What may be said beside a document. */
export interface DocumentOptions {
  /** Left out: the API tells it from the content. */
  readonly format?: string | undefined;
  readonly location?: string | undefined;
  /** Instead of a policy that never ends a job. */
  readonly restartPolicy?: string | undefined;
}

export interface SubmitOptions extends DocumentOptions {
  /** The same key and spec make one job however often they are sent; default: a random one, so that a repetition is harmless. */
  readonly idempotencyKey?: string;
}

/** At most one of state, label and schedule; the instants go with any. */
export interface ListFilter {
  readonly state?: string | undefined;
  /** `name=value`. */
  readonly label?: string | undefined;
  readonly schedule?: string | undefined;
  /** Submitted at or after, ISO 8601. */
  readonly since?: string | undefined;
  /** Submitted before, ISO 8601. */
  readonly until?: string | undefined;
  /** Jobs a page, at most 200. */
  readonly limit?: number | undefined;
  readonly continuation?: string | undefined;
}

export interface JobsClient {
  /** A spec, or the text of a document in any of the four formats. */
  submit(document: JobSpec | string, options?: SubmitOptions): Promise<Accepted>;
  /** The native spec of a document; makes no job. */
  convert(document: string, options?: DocumentOptions): Promise<Converted>;
  /** Rejects with an ApiError of status 404 when there is no such job. */
  get(id: string): Promise<JobView>;
  /** One page, newest first. */
  list(filter?: ListFilter): Promise<JobList>;
  /** All pages, one after the other as they are asked for. */
  listAll(filter?: ListFilter): AsyncGenerator<JobSummary, void>;
  cancel(id: string): Promise<JobView>;
  cancelMany(
    what: { readonly all: true } | { readonly labels: Readonly<Record<string, string>> },
  ): Promise<CanceledMany>;
  /** A new job from one that is over. */
  resubmit(id: string, options?: { readonly idempotencyKey?: string }): Promise<Accepted>;
  resubmitMany(filter: ResubmitJobs): Promise<ResubmittedJobs>;
}

export function jobsClient(transport: Transport): JobsClient {
  const list = (filter: ListFilter = {}): Promise<JobList> =>
    transport.ask({ method: 'GET', path: '/api/jobs', query: { ...filter } }, jobListSchema);
  return {
    submit: (document, { idempotencyKey = randomUUID(), ...options } = {}) =>
      transport.ask(
        {
          method: 'POST',
          path: '/api/jobs',
          query: { ...options },
          headers: { 'idempotency-key': idempotencyKey },
          body: document,
        },
        acceptedSchema,
      ),
    convert: (document, options = {}) =>
      transport.ask(
        { method: 'POST', path: '/api/convert', query: { ...options }, body: document },
        convertedSchema,
      ),
    get: (id) => transport.ask({ method: 'GET', path: jobPath(id) }, jobViewSchema),
    list,
    listAll: async function* (filter = {}) {
      for (let page = await list(filter); ;) {
        yield* page.jobs;
        if (page.continuation === undefined) return;
        page = await list({ ...filter, continuation: page.continuation });
      }
    },
    cancel: (id) => transport.ask({ method: 'POST', path: `${jobPath(id)}/cancel`, body: {} }, jobViewSchema),
    cancelMany: (what) =>
      transport.ask({ method: 'POST', path: '/api/jobs/cancel', body: what }, canceledManySchema),
    resubmit: (id, { idempotencyKey = randomUUID() } = {}) =>
      transport.ask(
        {
          method: 'POST',
          path: `${jobPath(id)}/resubmit`,
          headers: { 'idempotency-key': idempotencyKey },
          body: {},
        },
        acceptedSchema,
      ),
    resubmitMany: (filter) =>
      transport.ask({ method: 'POST', path: '/api/jobs/resubmit', body: filter }, resubmittedJobsSchema),
  };
}

/** The path of one job; an id from outside can't lead elsewhere. */
export function jobPath(id: string): string {
  return `/api/jobs/${encodeURIComponent(id)}`;
}
