// Every Job, pod and event that the recordings show, with the recording that shows it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import {
  type Event,
  eventSchema,
  type Job,
  jobSchema,
  type Pod,
  podSchema,
} from '../../../backends/kubernetes/reading/objects';

/** Another folder of the same form can be given. */
const FOLDER = process.env['KUBERNETES_RECORDINGS'] ?? join(__dirname, '..', '..', 'fixtures', 'kubernetes');

const anyObject = z.looseObject({
  kind: z.string().optional(),
  apiVersion: z.string().optional(),
  items: z.array(z.looseObject({})).nullish(),
});
const recordingSchema = z.object({
  request: z.object({ method: z.string() }).optional(),
  response: z
    .object({
      status: z.number(),
      body: anyObject.optional(),
      text: z.string().optional(),
      events: z.array(z.object({ type: z.string(), object: anyObject })).optional(),
    })
    .optional(),
});
export type Recording = z.infer<typeof recordingSchema>;

export interface Shown<T> {
  /** The recording's name. */
  readonly in: string;
  readonly object: T;
}

export const RECORDINGS: ReadonlyMap<string, Recording> = new Map(
  readdirSync(FOLDER)
    .filter((file) => /^[A-Z]\d+.*\.json$/.test(file))
    .map((file) => [
      file.replace('.json', ''),
      recordingSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))),
    ]),
);

/** In the order of their names; within a watch in that of its events. */
function objectsOf<T>(kind: string, schema: z.ZodType<T>): Shown<T>[] {
  return [...RECORDINGS].flatMap(([name, { response }]) => {
    const { body, events = [] } = response ?? {};
    // The other API of events has other members.
    if (body?.apiVersion?.startsWith('events.k8s.io') === true) return [];
    const items = body?.kind === `${kind}List` ? (body.items ?? []) : [];
    const seen = events.filter(({ type }) => type !== 'BOOKMARK').map(({ object }) => object);
    const single = [body, ...seen].filter((one) => one?.kind === kind);
    return [...items, ...single].map((object) => ({ in: name, object: schema.parse(object) }));
  });
}

export const PODS: readonly Shown<Pod>[] = objectsOf('Pod', podSchema);
export const JOBS: readonly Shown<Job>[] = objectsOf('Job', jobSchema);
export const EVENTS: readonly Shown<Event>[] = objectsOf('Event', eventSchema);

/** The last state of a Job that is recorded, after which no other came; of several of one name the last. */
export function lastJob(name: string | undefined): Job | undefined {
  return JOBS.findLast(({ object }) => object.metadata.name === name)?.object;
}
