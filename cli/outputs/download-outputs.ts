// Downloads the outputs of an attempt, file by file, with progress. What can't be brought is told; the rest goes on.
import type { OutputView } from '../../api/outputs';
import type { GpuJobsClient } from '../../client/gpu-jobs-client';
import { messageOf } from '../../domain/errors';
import type { Cli } from '../cli';
import { EXIT, type ExitCode } from '../exit-codes';
import { safeLines } from '../show/terminal-safe';
import { bytesInWords } from '../show/words';
import { type AllOutputs, bytesOf } from './all-outputs';
import { downloadFile } from './download-file';
import { createPlaces } from './local-names';
import { outputsInWords } from './outputs-in-words';

interface Brought {
  path: string;
  /** Below the folder; left out: not brought. */
  file?: string;
  /** Why it was not. */
  why?: string;
}

/** 1 where a file could not be brought. Called again, it goes on where it was cut off. */
export async function downloadOutputs(
  cli: Cli,
  client: GpuJobsClient,
  found: AllOutputs,
  folder: string,
): Promise<ExitCode> {
  const progress = await progressOf(cli, found.outputs);
  const place = createPlaces();
  const told: Brought[] = [];
  try {
    for (const output of found.outputs) {
      progress.begin(output.path);
      const brought = await bring(client, found, output, place, folder, progress.onBytes);
      told.push(brought);
      if (brought.why !== undefined)
        progress.say(`${safeLines(output.path)} was not downloaded: ${safeLines(brought.why)}.`);
      else if (brought.file !== output.path)
        progress.say(`${safeLines(output.path)} is ${safeLines(brought.file ?? '')} here.`);
    }
  } finally {
    progress.end();
  }
  const failed = told.filter(({ why }) => why !== undefined).length;
  if (cli.json) cli.printJson({ ...found, outputs: undefined, folder, files: told });
  else cli.say(`${outputsInWords(found, false)} ${told.length - failed} are in ${folder}.`);
  if (found.more === true) cli.say('There are more than the list holds; the rest was not downloaded.');
  return failed === 0 && found.more !== true ? EXIT.ok : EXIT.findings;
}

async function bring(
  client: GpuJobsClient,
  { jobId, attempt }: AllOutputs,
  { path, bytes, modifiedAt }: OutputView,
  place: ReturnType<typeof createPlaces>,
  folder: string,
  onBytes: (bytes: number) => void,
): Promise<Brought> {
  const placed = place(path);
  if (placed.kind === 'refused') return { path, why: placed.why };
  const file = {
    segments: placed.segments,
    bytes,
    modifiedAt: modifiedAt === undefined ? undefined : Date.parse(modifiedAt),
  };
  const read = (from: number) => client.outputs.slice(jobId, { attempt, path, from });
  try {
    await downloadFile(folder, file, read, onBytes);
    return { path, file: placed.segments.join('/') };
  } catch (error) {
    return { path, why: messageOf(error) };
  }
}

interface Progress {
  readonly begin: (path: string) => void;
  readonly onBytes: (bytes: number) => void;
  /** A line that stays. */
  readonly say: (text: string) => void;
  readonly end: () => void;
}

/** At most so often the line is drawn anew, milliseconds. */
const DRAW_EVERY_MS = 100;

/** A line over itself on a terminal; nothing elsewhere. */
async function progressOf({ host, say }: Cli, outputs: readonly OutputView[]): Promise<Progress> {
  const live = await host.live?.();
  const all = bytesInWords(bytesOf(outputs));
  let files = 0;
  let bytes = 0;
  let path = '';
  let drawnAt = 0;
  const draw = (): void => {
    const now = host.clock.monotonic();
    if (live === undefined || now - drawnAt < DRAW_EVERY_MS) return;
    drawnAt = now;
    live(`${files} of ${outputs.length} files, ${bytesInWords(bytes)} of ${all}  ${safeLines(path)}`);
  };
  return {
    begin: (next) => {
      files += 1;
      path = next;
      draw();
    },
    onBytes: (more) => {
      bytes += more;
      draw();
    },
    say: (text) => {
      live?.clear();
      say(text);
    },
    end: () => {
      live?.clear();
      live?.done();
    },
  };
}
