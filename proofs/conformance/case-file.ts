// The recordings: case files and the list of requests to the management API (test/fixtures/conformance/README.md).
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

const instanceId = z.string();
const reason = z.string().optional();
const event = z.object({ name: z.string(), data: z.unknown() });

const step = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('start'),
    orchestrator: z.string(),
    instanceId,
    input: z.unknown().optional(),
    status: z.unknown(),
    body: z.unknown().optional(),
  }),
  z.object({
    do: z.literal('raiseEvent'),
    instanceId,
    name: z.string(),
    data: z.unknown().optional(),
    contentType: z.string().nullable().optional(),
    status: z.unknown(),
    body: z.unknown().optional(),
  }),
  z.object({ do: z.literal('raiseTogether'), instanceId, events: z.array(event), status: z.unknown() }),
  z.object({
    do: z.enum(['terminate', 'suspend', 'resume']),
    instanceId,
    reason,
    status: z.unknown(),
    body: z.unknown().optional(),
  }),
  z.object({ do: z.literal('awaitEpisodes'), instanceId, count: z.number() }),
  z.object({ do: z.literal('awaitActivities'), name: z.string(), count: z.number() }),
  z.object({ do: z.literal('awaitStatus'), instanceId, runtimeStatus: z.array(z.string()) }),
  z.object({ do: z.literal('pause'), ms: z.number() }),
  z.object({ do: z.literal('status'), instanceId, status: z.unknown(), body: z.unknown() }),
]);
/** One action of the client and its answer. */
export type Step = z.infer<typeof step>;

const caseFile = z.object({
  name: z.string(),
  why: z.string().optional(),
  orchestrator: z.string().optional(),
  steps: z.array(step),
  final: z.record(z.string(), z.unknown()),
  episodes: z.array(z.record(z.string(), z.unknown())),
  activities: z.array(z.record(z.string(), z.unknown())),
  history: z.unknown(),
  statusHistory: z.unknown(),
  otherInstances: z.unknown().optional(),
  notes: z.array(z.string()).optional(),
});
export type CaseFile = z.infer<typeof caseFile>;

const exchange = z.object({
  group: z.string(),
  state: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    contentType: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.string().optional(),
  }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
  note: z.string().optional(),
});
/** One request to the management API and its answer. */
export type Exchange = z.infer<typeof exchange>;

/**
 * Reads the cases of a folder, or of its `cases/`, by file name. Throws when there are none, and for a file that is no
 * case.
 */
export async function readCases(folder: string): Promise<CaseFile[]> {
  const inside = await jsonFiles(join(folder, 'cases')).catch(() => []);
  const files = (inside.length > 0 ? inside : await jsonFiles(folder)).filter((file) => !isOther(file));
  if (files.length === 0) throw new Error(`There are no case files in "${folder}" nor in its cases/.`);
  return Promise.all(files.map((file) => parseFile(file, caseFile)));
}

export async function readExchanges(file: string): Promise<Exchange[]> {
  return parseFile(file, z.array(exchange));
}

/** Whether the file may lie beside cases without being one. */
function isOther(file: string): boolean {
  return /(?:^|\/)(?:package(?:-lock)?|host|local\.settings|management-api)\.json$/.test(file);
}

async function jsonFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new Error(`The folder "${folder}" cannot be read.`, { cause: error });
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

async function parseFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const content: unknown = JSON.parse(await readFile(file, 'utf8'));
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new Error(`${file} is no recording: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
