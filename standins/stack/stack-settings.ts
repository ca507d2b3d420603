// The stack's own settings, parsed once from the environment and local.settings.json.
import { resolve } from 'node:path';

import { z } from 'zod';

import { parseSettings } from '../kernel/parse-settings';
import type { Ports } from './ports';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface StackSettings {
  readonly ports: Ports;
  /** Absolute path of the folder that keeps everything the stack stores. */
  readonly stateFolder: string;
}

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, or 0 for a free one')
  .transform(Number)
  .pipe(z.number().max(65535, 'must be at most 65535'));
const port = (fallback: number) => portNumber.default(fallback);

/** What `npm start -- --tls` serves the emulator on, where no setting names another port. */
export const DEFAULT_TLS_PORT = '7443';

const settingsSchema = z.object({
  GPU_JOBS_FUNCTIONS_PORT: port(7071),
  GPU_JOBS_ACI_PORT: port(7072),
  GPU_JOBS_ACI_TLS_PORT: portNumber.optional(),
  GPU_JOBS_KUBERNETES_PORT: port(7073),
  GPU_JOBS_CONTAINER_APPS_PORT: port(7074),
  GPU_JOBS_BLOB_PORT: port(10000),
  GPU_JOBS_QUEUE_PORT: port(10001),
  GPU_JOBS_TABLE_PORT: port(10002),
  GPU_JOBS_LOCAL_STATE: z.string().min(1).default('.gpu-jobs'),
});

/** Throws naming each setting that cannot be used. `root` is what a relative state folder is relative to. */
export function parseStackSettings(environment: Environment, root: string): StackSettings {
  const parsed = parseSettings(settingsSchema, environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return `${name} is "${environment[name] ?? ''}": it ${issue.message}`;
    });
    throw new Error(problems.join('\n'));
  }
  const values = parsed.data;
  return {
    ports: {
      functions: values.GPU_JOBS_FUNCTIONS_PORT,
      aci: values.GPU_JOBS_ACI_PORT,
      ...(values.GPU_JOBS_ACI_TLS_PORT !== undefined && { aciTls: values.GPU_JOBS_ACI_TLS_PORT }),
      kubernetes: values.GPU_JOBS_KUBERNETES_PORT,
      containerApps: values.GPU_JOBS_CONTAINER_APPS_PORT,
      blob: values.GPU_JOBS_BLOB_PORT,
      queue: values.GPU_JOBS_QUEUE_PORT,
      table: values.GPU_JOBS_TABLE_PORT,
    },
    stateFolder: resolve(root, values.GPU_JOBS_LOCAL_STATE),
  };
}
