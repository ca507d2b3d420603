// The built stand-in as a process of its own: a job runs a program of this machine, and its log is streamed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

const MAIN = join(__dirname, '../../../dist/standins/container-apps/main.js');
const readySchema = z.object({
  ready: z.literal('container-apps'),
  url: z.url(),
  environment: z.string(),
});
const executionSchema = z.object({
  properties: z.object({ status: z.string(), detailedStatus: z.unknown().optional() }),
});
const replicaSchema = z.object({
  value: z.tuple([
    z.object({
      properties: z.object({ containers: z.tuple([z.object({ logStreamEndpoint: z.string() })]) }),
    }),
  ]),
});

let standIn: ChildProcess | undefined;

afterEach(async () => {
  if (standIn?.exitCode === null && standIn.signalCode === null) {
    standIn.kill('SIGKILL');
    await once(standIn, 'exit');
  }
});

async function boot(settings: Readonly<Record<string, string>> = {}): Promise<z.infer<typeof readySchema>> {
  standIn = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      GPU_JOBS_CONTAINER_APPS_PORT: '0',
      GPU_JOBS_CONTAINER_APPS_TIME_SCALE: '0.002',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (!standIn.stdout) throw new Error('The stand-in has no output.');
  const lines = createInterface({ input: standIn.stdout })[Symbol.asyncIterator]();
  return readySchema.parse(JSON.parse(String((await lines.next()).value)));
}

test('runs a command of this machine, tells its exit code, and streams what it printed', async () => {
  const { url, environment } = await boot();
  const group = environment.replace(/\/managedEnvironments\/.*/, '');
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}${group}${path}?api-version=2026-07-01`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const command = ['sh', '-c', 'echo "working as $CONTAINER_APP_JOB_NAME"; exit 3'];
  await ask('PUT', '/jobs/train', {
    location: 'eastus',
    properties: {
      environmentId: environment,
      workloadProfileName: 'gpu-t4',
      configuration: { triggerType: 'Manual', replicaTimeout: 600, replicaRetryLimit: 0 },
      template: {
        containers: [
          {
            name: 'program',
            image: 'gpu-jobs.local/host-process',
            command,
            resources: { cpu: 8, memory: '56Gi' },
          },
        ],
      },
    },
  });
  const { name } = z.object({ name: z.string() }).parse(await ask('POST', '/jobs/train/start'));
  const path = `/jobs/train/executions/${name}`;
  for (;;) {
    const { properties } = executionSchema.parse(await ask('GET', path));
    if (properties.status === 'Failed') {
      expect(properties.detailedStatus).toMatchObject({ replicas: [{ containers: [{ code: 3 }] }] });
      break;
    }
    expect(properties.status).toBe('Running');
    await delay(20);
  }
  const token = z
    .object({ properties: z.object({ token: z.string() }) })
    .parse(await ask('POST', '/jobs/train/getAuthToken')).properties.token;
  const [replica] = replicaSchema.parse(await ask('GET', `${path}/replicas`)).value;
  const endpoint = replica.properties.containers[0].logStreamEndpoint;
  const headers = { authorization: `Bearer ${token}` };
  const log = await (await fetch(`${endpoint}?output=text&tailLines=5`, { headers })).text();
  expect(log).toContain('stdout F working as train\n');
});

test('refuses a switch that it does not have, by its name', async () => {
  standIn = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], GPU_JOBS_CONTAINER_APPS_SWITCHES: '{"noSuchSwitch":"on"}' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  standIn.stderr?.on('data', (bytes: Buffer) => (told += bytes.toString()));
  await once(standIn, 'close');
  expect(standIn.exitCode).toBe(1);
  expect(told).toContain('GPU_JOBS_CONTAINER_APPS_SWITCHES');
  expect(told).toContain('noSuchSwitch');
});
