// What a hook of azd meets: an azd on the PATH that answers and writes down how it was called, and one server that is
// both Azure Resource Manager and the deployed app. The app's answers are those of its own schemas.
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { canceledJobsSchema } from '../../../api/cancel-jobs';
import { type Health, healthSchema } from '../../../api/health';
import { placementListSchema } from '../../../api/placements';

const HOOKS = join(__dirname, '../../../infra/hooks');
const KEY = 'the-function-key';
const TOKEN = 'a-token';
const OWNER = 'owner0000000';

/** What the app does, and what it was asked. */
export interface Stage {
  /** Placements by name, and the workloads that each holds at one look after the other; the last one stays. */
  held: Record<string, number[]>;
  /** Whether each look at its health shows a newer sweep. */
  sweeps: boolean;
  /** How often its health has no owner before it has. */
  notReadyFor: number;
  readonly requests: string[];
  /** azd's environment of the deployment. */
  readonly values: Readonly<Record<string, string>>;
  /** Runs a hook in a process of its own; with azd's environment, unless another is given. */
  run(hook: string, env?: Readonly<Record<string, string>>): Promise<HookRun>;
  close(): Promise<void>;
}

export interface HookRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How azd was called. */
  readonly azd: readonly string[];
}

export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-hooks-'));
  const calls = join(folder, 'azd-calls');
  await writeFile(calls, '');
  let sweep = Date.UTC(2026, 10, 1);
  let looks = 0;

  const health = (): Health => {
    if (stage.sweeps) sweep += 60_000;
    return healthSchema.parse({
      status: 'healthy',
      owner: OWNER,
      draining: false,
      lastGoodSweep: new Date(sweep).toISOString(),
      lastGoodSweepAgeSeconds: 1,
    });
  };
  const placements = (): unknown => {
    const look = looks++;
    return placementListSchema.parse({
      placements: Object.entries(stage.held).map(([name, held]) => ({
        name,
        backend: 'container-apps',
        gpus: [],
        limits: { workloads: 4, creates: [] },
        held: { workloads: held[Math.min(look, held.length - 1)], cores: 0 },
        free: { workloads: 4 },
        health: 'ok',
        refuses: [],
      })),
    });
  };
  const answer = (asked: string, key: string | undefined, bearer: string | undefined): [number, unknown] => {
    if (asked.includes('/host/default/listkeys'))
      return bearer === `Bearer ${TOKEN}`
        ? [200, { functionKeys: { default: KEY }, masterKey: 'the-master-key' }]
        : [401, { error: { message: 'no token' } }];
    if (asked === 'GET /api/health') return stage.notReadyFor-- > 0 ? [503, {}] : [200, health()];
    if (key !== KEY) return [401, undefined];
    if (asked === 'POST /api/drain') return [200, { draining: true }];
    if (asked === 'GET /api/placements') return [200, placements()];
    if (asked === 'POST /api/jobs/cancel')
      return [202, canceledJobsSchema.parse({ canceled: ['j0pnuu3z8dtbscy37ofe'] })];
    return [404, undefined];
  };

  const server = createServer((request, response) => {
    const asked = `${request.method ?? ''} ${request.url ?? ''}`;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      stage.requests.push(body === '' ? asked : `${asked} ${body}`);
      const key = request.headers['x-functions-key'];
      const [status, said] = answer(
        asked,
        typeof key === 'string' ? key : undefined,
        request.headers.authorization,
      );
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(said === undefined ? '' : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const values = {
    AZURE_ENV_NAME: 'first',
    AZURE_SUBSCRIPTION_ID: '00000000-0000-0000-0000-000000000000',
    AZURE_RESOURCE_GROUP: 'rg-first',
    SERVICE_API_NAME: 'func-abc',
    GPUJOBS_URL: origin,
  };
  await writeFile(join(folder, 'values.json'), JSON.stringify(values));
  await writeFile(
    join(folder, 'azd'),
    [
      '#!/bin/sh',
      `echo "$*" >> '${calls}'`,
      `case "$*" in`,
      `  "auth token --output json") echo '{ "token": "${TOKEN}", "expiresOn": "2027-01-01T00:00:00Z" }' ;;`,
      `  "env get-values --output json") cat '${join(folder, 'values.json')}' ;;`,
      `  "env set "*) ;;`,
      `  *) echo "azd: unknown command" >&2; exit 1 ;;`,
      `esac`,
      '',
    ].join('\n'),
  );
  await chmod(join(folder, 'azd'), 0o755);

  const stage: Stage = {
    held: { 'apps-westus3': [0] },
    sweeps: true,
    notReadyFor: 0,
    requests: [],
    values,
    run: async (hook, env = values) => {
      const ended = await execute(join(HOOKS, hook), {
        PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
        GPU_JOBS_ARM_ENDPOINT: origin,
        GPU_JOBS_HOOK_SPEED: '5000',
        ...env,
      });
      const azd = (await readFile(calls, 'utf8')).split('\n').filter((line) => line !== '');
      return { ...ended, azd };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
  return stage;
}

function execute(file: string, env: Record<string, string>): Promise<Omit<HookRun, 'azd'>> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file], { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
