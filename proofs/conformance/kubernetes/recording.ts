// One recorded exchange with a real Kubernetes API (test/fixtures/kubernetes/README.md tells the form).
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

const watchEvent = z.object({ type: z.string(), object: z.unknown() });

const recording = z.object({
  id: z.string(),
  note: z.string().optional(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    /** Who asked: `runner`, `viewer`, `admin`, and those that have no or a wrong token. */
    as: z.string().optional(),
    headers: z.record(z.string(), z.string()).default({}),
    /** A string where what was sent is not JSON. */
    body: z.unknown().optional(),
  }),
  response: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.unknown().optional(),
      text: z.string().optional(),
      events: z.array(watchEvent).optional(),
      endedBy: z.enum(['server-end', 'client-closed']).optional(),
    })
    .optional(),
  /** In place of a response: no HTTP answer came. */
  error: z.object({ code: z.string() }).optional(),
});
export type Recording = z.infer<typeof recording>;

/** All of a folder's recordings by id. Throws when there are none, and for a file that is no recording. */
export async function readRecordings(folder: string): Promise<Map<string, Recording>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new Error(`There are no recordings in "${folder}".`);
  const read = await Promise.all(names.map(async (name) => parse(join(folder, name))));
  return new Map(read.map((each) => [each.id, each]));
}

/**
 * Whether a folder holds recordings of this form, rather than cases of the Durable extension. One that can't be read
 * does not: what reads the cases says why.
 */
export async function holdsRecordings(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const first = names.filter((name) => name.endsWith('.json')).sort()[0];
  if (first === undefined) return false;
  return recording.safeParse(JSON.parse(await readFile(join(folder, first), 'utf8'))).success;
}

async function parse(file: string): Promise<Recording> {
  const parsed = recording.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is no recording: ${z.prettifyError(parsed.error)}`);
  const { response, error } = parsed.data;
  if ((response === undefined) === (error === undefined))
    throw new Error(`${file} must hold either a response or an error.`);
  return parsed.data;
}
