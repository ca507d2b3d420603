// One exchange with Azure Container Apps: recorded, reported by a user, or made up for the specification
// (test/fixtures/container-apps/README.md tells the form).
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

const texts = z.record(z.string(), z.string());

const recordingSchema = z.object({
  id: z.string(),
  kind: z.enum(['recorded', 'reported', 'example']),
  note: z.string().optional(),
  source: z.object({ repo: z.string().nullish() }),
  request: z.object({
    /** Null where only a query of the log tables was told. */
    method: z.string().nullable(),
    host: z.string().nullish(),
    path: z.string().nullable(),
    query: z.record(z.string(), z.string()).nullish(),
    body: z.unknown().optional(),
  }),
  response: z.object({
    /** Null where a report does not tell it. */
    status: z.number().nullable(),
    headers: texts.default({}),
    body: z.unknown(),
  }),
});
export type Recording = z.infer<typeof recordingSchema>;

/** All of a folder's recordings by id. Throws when there are none, and for a file that is no recording. */
export async function readRecordings(folder: string): Promise<Map<string, Recording>> {
  const names = await recordingNames(folder);
  if (names.length === 0) throw new Error(`There are no recordings in "${folder}".`);
  const read = await Promise.all(names.map(async (name) => parse(join(folder, name))));
  return new Map(read.map((each) => [each.id, each]));
}

/**
 * Whether a folder holds recordings of this form. One that can't be read does not: what reads it next says why.
 */
export async function holdsContainerApps(folder: string): Promise<boolean> {
  const [first] = await recordingNames(folder).catch(() => []);
  if (first === undefined) return false;
  return recordingSchema.safeParse(JSON.parse(await readFile(join(folder, first), 'utf8'))).success;
}

async function recordingNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
}

async function parse(file: string): Promise<Recording> {
  const parsed = recordingSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is no recording: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
