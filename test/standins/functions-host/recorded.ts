// What the fixture app noted in its file, and where that file is.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The fixture app's folder. */
export const HOST_APP = resolve('test/fixtures/host-app');

export interface Scratch {
  readonly folder: string;
  /** The environment that the fixture app and the host need beside the storage. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the app has noted, in order. */
  readonly recorded: () => readonly Recorded[];
  remove(): void;
}

export interface Recorded {
  readonly at: string;
  readonly step?: number;
  readonly message?: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly timer?: unknown;
}

/** A folder of a test's own for state and record. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'functions-host-'));
  const file = join(folder, 'record.jsonl');
  return {
    folder,
    environment: {
      HOST_APP_RECORD: file,
      GPU_JOBS_LOCAL_STATE: join(folder, 'state'),
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
      WORK_QUEUE: 'work',
      TICK_SCHEDULE: '0 0 0 1 1 *',
    },
    recorded: () => {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch {
        return []; // Nothing has been noted yet.
      }
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Recorded);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
