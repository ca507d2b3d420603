// The settings of the local host's own process, from its arguments and environment.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { parseSettings } from '../kernel/parse-settings';
import type { LogLevel } from './app/app-log';

const LOG_LEVELS = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;

const port = z.coerce.number().int().min(0).max(65_535);

const environmentSettings = z.object({
  GPU_JOBS_FUNCTIONS_PORT: port.default(7071),
  GPU_JOBS_LOCAL_STATE: z.string().min(1).default('.gpu-jobs'),
  GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S: z.coerce.number().int().min(1).max(604_800).default(30),
  GPU_JOBS_LOCAL_LOG_LEVEL: z.enum(LOG_LEVELS).default('information'),
});

export interface HostSettings {
  /** The app's folder, absolute. */
  readonly root: string;
  /** 0: a free one. */
  readonly port: number;
  /** Absolute. */
  readonly stateFolder: string;
  /** How long a queue message hides at a time while its function works, in seconds; the real host: 600. */
  readonly hiddenForS: number;
  readonly logLevel: LogLevel;
}

/** Reads `[--port N] [--root DIR]` and the settings. Throws for one that cannot be used, and names it. */
export function readHostSettings(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): HostSettings {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, root: { type: 'string' } },
  });
  const parsed = parseSettings(environmentSettings, environment);
  if (!parsed.success) throw new Error(`The environment cannot be used: ${z.prettifyError(parsed.error)}`);
  const asked = values.port === undefined ? undefined : port.safeParse(values.port);
  if (asked?.success === false)
    throw new Error(`--port ${values.port ?? ''} is no port: 0 to 65535 (0: a free one).`);
  const settings = parsed.data;
  const root = resolve(workingFolder, values.root ?? '.');
  return {
    root,
    port: asked?.data ?? settings.GPU_JOBS_FUNCTIONS_PORT,
    stateFolder: resolve(workingFolder, settings.GPU_JOBS_LOCAL_STATE),
    hiddenForS: settings.GPU_JOBS_LOCAL_QUEUE_VISIBILITY_S,
    logLevel: settings.GPU_JOBS_LOCAL_LOG_LEVEL,
  };
}
