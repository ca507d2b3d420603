// The recorded exchanges, and what of them is compared: not ids, times, versions and the owners of fields.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { isList, isObject, type Json, parseJson } from '../../../standins/kubernetes/store/json';

const FOLDER = join(__dirname, '../../fixtures/kubernetes');

const recordingSchema = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    as: z.string().optional(),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.json().optional(),
  }),
  response: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.json().optional(),
      text: z.string().optional(),
      events: z.array(z.json()).optional(),
    })
    .optional(),
});

export type Recording = z.infer<typeof recordingSchema>;

/** By its file's name without `.json`. */
export function recording(id: string): Recording {
  return recordingSchema.parse(JSON.parse(readFileSync(join(FOLDER, `${id}.json`), 'utf8')));
}

/** What came back, in the form in which recordings are compared. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly text?: string;
  readonly events?: readonly Json[];
  readonly warning?: string;
}

export function recordedAnswer(id: string): Answer {
  const { response } = recording(id);
  if (!response) throw new Error(`${id} has no answer.`);
  const { status, headers, body, text, events } = response;
  const { warning } = headers;
  return {
    status,
    ...(body !== undefined && { body: comparable(parseJson(JSON.stringify(body))) }),
    ...(text !== undefined && { text }),
    ...(events && { events: events.map((one) => comparable(parseJson(JSON.stringify(one)))) }),
    ...(warning !== undefined && { warning }),
  };
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** The same with what differs from one run to the next made equal. */
export function comparable(value: Json): Json {
  if (typeof value === 'string') return comparableText(value);
  if (isList(value)) return value.map(comparable);
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
    if (name === 'managedFields' || member === undefined) return [];
    if (name === 'resourceVersion' || name === 'continue') return [[name, '<version>']];
    return [[name, comparable(member)]];
  });
  return Object.fromEntries(members);
}

function comparableText(text: string): string {
  return text
    .replace(UUID, '<uuid>')
    .replace(TIME, '<time>')
    .replace(/\b(current: |resource version: )\d+/g, '$1<version>')
    .replace(/\b(kube-api-access|train)-[a-z0-9]{5}\b/g, '$1-<suffix>')
    .replace(/^ey[\w-]+\.ey[\w-]+\.[\w-]+$/, '<jwt>');
}
