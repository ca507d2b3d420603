// Jobs over HTTP: submit, read, list, cancel, resubmit.
import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { canceledJobsSchema } from '../api/cancel-jobs';
import { type SubmittedGroup, submittedGroupSchema } from '../api/groups';
import { jobListSchema, type JobView, jobViewSchema } from '../api/jobs';
import { type ResubmitJobs, type ResubmittedJobs, resubmittedJobsSchema } from '../api/resubmit-jobs';
import { type Converted, convertedSchema, type Submitted, submittedSchema } from '../api/submissions';
import type { JobSummary } from '../domain/lists/job-summary';
import type { JobSpec } from '../domain/spec/job-spec';
import type { SpecOverrides } from '../domain/spec/spec-overrides';
import type { Transport } from './transport';

type JobList = z.infer<typeof jobListSchema>;

/** What may be said beside a document. */
export interface DocumentOptions {
  /** Left out: the API tells it from the content. */
  readonly format?: string | undefined;
  readonly location?: string | undefined;
  /** Instead of a policy that never ends a job. */
  readonly restartPolicy?: string | undefined;
}

interface SubmitOptions extends DocumentOptions {
  /**
   * The same key and spec make one job however often they are sent. Default: the spec's own key, otherwise a random
   * one, so that the client may repeat the request. If a document's text seems to have a key of its own, no key is sent
   * and the request is not repeated.
   */
  readonly idempotencyKey?: string | undefined;
}

/** The same key makes the same jobs however often it is sent; default: a random one. */
interface RepeatableOptions {
  readonly idempotencyKey?: string | undefined;
}

/** Which jobs: everything that is given must fit. */
export interface JobFilterOptions {
  /** One of these, in any case. */
  readonly states?: readonly string[] | undefined;
  /** All of these. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly schedule?: string | undefined;
  /** The job's own name, whole. */
  readonly name?: string | undefined;
  /** The latest attempt is at one of these. */
  readonly placements?: readonly string[] | undefined;
  /** Submitted at or after, ISO 8601. */
  readonly since?: string | undefined;
  /** Submitted before, ISO 8601. */
  readonly until?: string | undefined;
}

interface ListFilter extends JobFilterOptions {
  /** Members of this group, by their indexes. */
  readonly group?: string | undefined;
  /** The first 4 to 19 characters of ids; such a list is sorted by id. */
  readonly idPrefix?: string | undefined;
  /** Jobs a page, at most 200. A page may hold fewer, even none, and still have a continuation. */
  readonly limit?: number | undefined;
  readonly continuation?: string | undefined;
}

export interface JobsClient {
  /** A spec, or the text of a document in any of the four formats. One with an array makes a group of jobs. */
  submit(document: JobSpec | string, options?: SubmitOptions): Promise<Submitted | SubmittedGroup>;
  /** The native spec of a document; makes no job. */
  convert(document: string, options?: DocumentOptions): Promise<Converted>;
  /** Rejects with an ApiError of status 404 when there is no such job. */
  get(id: string): Promise<JobView>;
  /** One page, newest first. */
  list(filter?: ListFilter): Promise<JobList>;
  /** All pages, one after the other as they are asked for. */
  listAll(filter?: ListFilter): AsyncGenerator<JobSummary, void>;
  cancel(id: string): Promise<JobView>;
  /** Those that are not over and fit. Resolves to the ids of those that were asked to end. */
  cancelMany(what: { readonly all: true } | JobFilterOptions): Promise<readonly string[]>;
  /** A new job from one that is over, changed where the overrides say so. */
  resubmit(
    id: string,
    options?: RepeatableOptions & { readonly overrides?: SpecOverrides | undefined },
  ): Promise<Submitted>;
  /** New jobs from all that match, a page of them at a time. */
  resubmitMany(filter: ResubmitJobs, options?: RepeatableOptions): AsyncGenerator<ResubmittedJobs, void>;
}

export function createJobsClient(transport: Transport): JobsClient {
  const list = (filter: ListFilter = {}): Promise<JobList> =>
    transport.ask({ method: 'GET', path: '/api/jobs', query: queryOf(filter) }, jobListSchema);
  return {
    submit: (document, { idempotencyKey = keyFor(document), ...options } = {}) =>
      transport.ask(
        {
          method: 'POST',
          path: '/api/jobs',
          query: { ...options },
          headers: { 'idempotency-key': idempotencyKey },
          body: document,
        },
        z.union([submittedSchema, submittedGroupSchema]),
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
      transport
        .ask({ method: 'POST', path: '/api/jobs/cancel', body: what }, canceledJobsSchema)
        .then(({ canceled }) => canceled),
    resubmit: (id, { idempotencyKey = randomUUID(), overrides } = {}) =>
      transport.ask(
        {
          method: 'POST',
          path: `${jobPath(id)}/resubmit`,
          headers: { 'idempotency-key': idempotencyKey },
          body: { overrides },
        },
        submittedSchema,
      ),
    resubmitMany: async function* (filter, { idempotencyKey = randomUUID() } = {}) {
      for (let body: ResubmitJobs | undefined = filter; body !== undefined;) {
        const page: ResubmittedJobs = await transport.ask(
          {
            method: 'POST',
            path: '/api/jobs/resubmit',
            headers: { 'idempotency-key': idempotencyKey },
            body,
          },
          resubmittedJobsSchema,
        );
        yield page;
        body = page.continuation === undefined ? undefined : { ...filter, continuation: page.continuation };
      }
    },
  };
}

/** In a query several values are one text, and labels, whose values may hold anything, are JSON. */
function queryOf({
  states,
  labels,
  placements,
  ...rest
}: ListFilter): Record<string, string | number | undefined> {
  return {
    ...rest,
    state: states?.join(','),
    labels: labels === undefined ? undefined : JSON.stringify(labels),
    placement: placements?.join(','),
  };
}

/** A key beside a document must not differ from the one in it. */
function keyFor(document: JobSpec | string): string | undefined {
  if (typeof document !== 'string') return document.idempotencyKey ?? randomUUID();
  return document.includes('idempotencyKey') ? undefined : randomUUID();
}

/** The path of one job. It is encoded, so an id from outside can't lead elsewhere. */
export function jobPath(id: string): string {
  return `/api/jobs/${encodeURIComponent(id)}`;
}
