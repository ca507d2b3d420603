// The app's HTTP API for the stack's own programs. Every answer is parsed before it is used.
import { z } from 'zod';

const instant = z.iso.datetime();

const reason = z.object({ code: z.string(), class: z.string(), message: z.string() });

const attemptSchema = z.object({
  number: z.number(),
  placement: z.string(),
  phase: z.string(),
  /** The GPU that it got, perhaps in place of the one asked for. */
  gpu: z.object({ count: z.number(), sku: z.string(), insteadOf: z.string().optional() }).optional(),
  resources: z.object({ cpu: z.number(), memoryGb: z.number() }).optional(),
  reason: reason.optional(),
  exitCode: z.number().optional(),
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  cleanup: z.string(),
  /** When each phase began. */
  phases: z.record(z.string(), instant),
  logBytes: z.number(),
  /** How whole its log is, where its platform may show less while it runs than it keeps. */
  log: z.object({ state: z.string(), generation: z.number(), why: z.string().optional() }).optional(),
});

/** What the stack's programs read of a job. The API says more (docs/http-api.md). */
export const jobSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  state: z.string(),
  outcome: z.string().optional(),
  reason: reason.optional(),
  exitCode: z.number().optional(),
  cleanup: z.string(),
  attempts: z.array(attemptSchema),
  passedOver: z.array(z.object({ placement: z.string(), why: z.string() })).optional(),
  gpu: z.object({ count: z.number(), sku: z.string().optional() }).optional(),
  labels: z.record(z.string(), z.string()),
  createdAt: instant,
  endedAt: instant.optional(),
});
export type Job = z.infer<typeof jobSchema>;

/** A job in a list, which has only the number of its attempts. */
const listedSchema = jobSchema.omit({ attempts: true, passedOver: true }).extend({ attempt: z.number() });
export type ListedJob = z.infer<typeof listedSchema>;

const accepted = z.object({ id: z.string(), state: z.string() });
const list = z.object({ jobs: z.array(listedSchema) });
const converted = z.object({
  spec: z.looseObject({ labels: z.record(z.string(), z.string()).optional() }),
});

/** An answer that was not the expected one. The message quotes it. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  readonly status: number;
  readonly body: string;

  constructor(request: string, status: number, body: string) {
    super(`${request} was answered ${status}: ${body.slice(0, 500)}`);
    this.status = status;
    this.body = body;
  }
}

export interface JobsApi {
  /** POST /api/jobs; returns the job's id. */
  submit(spec: unknown, idempotencyKey?: string): Promise<string>;
  /** POST /api/convert; returns the spec that a document in any format becomes. */
  convert(document: string): Promise<z.infer<typeof converted>['spec']>;
  get(id: string): Promise<Job>;
  /** The newest jobs first. */
  list(): Promise<readonly ListedJob[]>;
  /** The bytes of an attempt's log from `offset` on; empty when there are none yet. */
  log(id: string, attempt: number, offset: number): Promise<Buffer>;
  cancel(id: string): Promise<void>;
  /** Runs the minute tick now, instead of at the full minute (the host's admin route). */
  tick(): Promise<void>;
}

/** `functionsUrl`: where the app answers, without a trailing slash. */
export function createJobsApi(functionsUrl: string): JobsApi {
  const call = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(`${functionsUrl}${path}`, { method, ...init });
    if (!response.ok) throw new UnexpectedAnswer(`${method} ${path}`, response.status, await response.text());
    return response;
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    call('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return {
    submit: async (spec, key) => {
      const response = await post('/api/jobs', spec, key === undefined ? {} : { 'idempotency-key': key });
      return accepted.parse(await response.json()).id;
    },
    convert: async (document) => {
      const response = await call('POST', '/api/convert', { body: document });
      return converted.parse(await response.json()).spec;
    },
    get: async (id) => jobSchema.parse(await (await call('GET', `/api/jobs/${id}`)).json()),
    list: async () => list.parse(await (await call('GET', '/api/jobs')).json()).jobs,
    log: async (id, attempt, offset) => {
      const response = await call('GET', `/api/jobs/${id}/logs?attempt=${attempt}&from=${offset}`);
      return Buffer.from(await response.arrayBuffer());
    },
    cancel: async (id) => {
      await post(`/api/jobs/${id}/cancel`, {});
    },
    tick: async () => {
      await post('/admin/functions/tick', { input: '' });
    },
  };
}
