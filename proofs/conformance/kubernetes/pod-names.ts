// A pod's name ends in chance: which pod of ours is which recorded one, by the order in which a Job's pods came.
import { z } from 'zod';

import type { Recording } from './recording';

export interface PodNames {
  /** From a list of all pods: new ones stand for the recorded ones that have not been met. */
  learn(podList: unknown): void;
  /** From an answer: the pods that it shows, those that are gone by now included. */
  learnFrom(body: unknown): void;
  /** A text of a request, with our names. */
  apply(text: string): string;
  /** A recorded answer, with our names. */
  inResponse(response: NonNullable<Recording['response']>): NonNullable<Recording['response']>;
  /** The version of a list. */
  versionOf(list: unknown): string;
}

const podList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), uid: z.string().optional(), creationTimestamp: z.string() }),
    }),
  ),
});
const versioned = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const responseSchema = z.custom<NonNullable<Recording['response']>>((value) => typeof value === 'object');

/** The five characters that Kubernetes makes up at the end of a name. */
const MADE_UP = /^(?=.{1,63}$)(.+)-([bcdfghjklmnpqrstvwxz2456789]{5})$/;
const ANY_POD = /[a-z0-9][a-z0-9-]*-[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9-])/g;

export function createPodNames(recordings: readonly Recording[]): PodNames {
  const waiting = recordedPods(recordings);
  const ours = new Map<string, string>();
  const met = new Set<string>();
  const meet = (name: string): void => {
    if (met.has(name)) return;
    met.add(name);
    const base = MADE_UP.exec(name)?.[1];
    const ofBase = base === undefined ? [] : (waiting.get(base) ?? []);
    // A pod that a scene gave the recorded name stands for itself.
    const same = ofBase.indexOf(name);
    const [recorded] = ofBase.splice(Math.max(0, same), 1);
    if (recorded !== undefined) ours.set(recorded, name);
  };
  const apply = (text: string): string =>
    ours.size === 0 ? text : text.replace(ANY_POD, (name) => ours.get(name) ?? name);
  return {
    learn: (list) => podList.parse(list).items.forEach(({ metadata }) => meet(metadata.name)),
    learnFrom: (body) =>
      podsIn({ body, events: eventsIn(body) }).forEach(({ metadata }) => meet(metadata.name)),
    apply,
    inResponse: (response) => responseSchema.parse(JSON.parse(apply(JSON.stringify(response)))),
    versionOf: (list) => versioned.parse(list).metadata.resourceVersion,
  };
}

/** By what stands before the made-up part, in the order in which they were created. */
function recordedPods(recordings: readonly Recording[]): Map<string, string[]> {
  const created = new Map<string, string>();
  for (const { request, response } of recordings) {
    for (const [name] of decodeURIComponent(request.path).matchAll(ANY_POD))
      if (!created.has(name)) created.set(name, '');
    for (const { metadata } of podsIn(response)) created.set(metadata.name, metadata.creationTimestamp);
  }
  for (const { name, at } of createdByJobs(recordings)) if (!created.has(name)) created.set(name, at);
  addFromEvents(recordings, created);
  const found = new Map<string, string[]>();
  for (const [name] of [...created].sort(([, left], [, right]) =>
    left < right ? -1 : left > right ? 1 : 0,
  )) {
    const base = MADE_UP.exec(name)?.[1];
    if (base !== undefined) found.set(base, [...(found.get(base) ?? []), name]);
  }
  return found;
}

/** What the Job controller tells of the pods that it made, earlier Jobs of the same name included. */
function createdByJobs(recordings: readonly Recording[]): { name: string; at: string }[] {
  const told = z.object({
    reason: z.literal('SuccessfulCreate'),
    message: z.string(),
    firstTimestamp: z.string(),
  });
  return recordings.flatMap(({ response }) => {
    const items = z.object({ items: z.array(z.unknown()) }).safeParse(response?.body).data?.items ?? [];
    return items.flatMap((item) => {
      const event = told.safeParse(item).data;
      const name = event && /^Created pod: (.+)$/.exec(event.message)?.[1];
      return name === undefined ? [] : [{ name, at: event?.firstTimestamp ?? '' }];
    });
  });
}

/** An event's pod counts only where nothing else shows a pod of its Job: events tell of older Jobs of that name. */
function addFromEvents(recordings: readonly Recording[], created: Map<string, string>): void {
  const known = new Set([...created.keys()].map((name) => MADE_UP.exec(name)?.[1]));
  for (const { response } of recordings)
    for (const [name] of JSON.stringify(response ?? {}).matchAll(ANY_POD)) {
      const base = MADE_UP.exec(name)?.[1];
      if (base !== undefined && !known.has(base) && !created.has(name)) created.set(name, '');
    }
}

const pod = z.object({
  kind: z.literal('Pod').optional(),
  metadata: z.object({ name: z.string(), creationTimestamp: z.string() }),
  spec: z.object({ containers: z.array(z.unknown()) }),
});

/** Pods are told by their containers: items of a list do not say their kind. */
function podsIn(
  response: Pick<NonNullable<Recording['response']>, 'body' | 'events'> | undefined,
): z.infer<typeof pod>[] {
  const list = z.object({ items: z.array(z.unknown()) }).safeParse(response?.body).data?.items ?? [];
  const objects = [response?.body, ...list, ...(response?.events ?? []).map(({ object }) => object)];
  return objects.flatMap((object) => pod.safeParse(object).data ?? []);
}

/** The events of a watch, as they were read. */
function eventsIn(body: unknown): { type: string; object: unknown }[] {
  const read = z.object({ events: z.array(z.unknown()) }).safeParse(body).data?.events ?? [];
  const event = z.object({ type: z.string(), object: z.unknown() });
  return read.flatMap((each) => event.safeParse(each).data ?? []);
}
