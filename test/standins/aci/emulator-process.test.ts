// The built emulator as a process of its own, over HTTP, with the genuine client.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import { createClientPipeline } from '@azure/core-client';
import { ClientSecretCredential } from '@azure/identity';
import { z } from 'zod';

import { ledgerSchema } from '../../../standins/aci/ledger';
import { authorityFile } from '../../../standins/tls/kept-certificate';
import { RESOURCE_GROUP, SUBSCRIPTION } from '../../support/placements';
import { container, group } from './support';

const MAIN = join(__dirname, '../../../dist/standins/aci/main.js');
const readySchema = z.object({
  ready: z.literal('aci-emulator'),
  url: z.url(),
  tlsUrl: z.url().optional(),
});

const started: ChildProcess[] = [];

afterEach(async () => {
  for (const emulator of started.splice(0)) {
    if (emulator.exitCode !== null || emulator.signalCode !== null) continue;
    emulator.kill('SIGKILL');
    await once(emulator, 'exit');
  }
});

interface Started {
  readonly process: ChildProcess;
  readonly url: string;
  readonly tlsUrl?: string;
  readonly client: ContainerInstanceManagementClient;
}

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Started> {
  const emulator = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      GPU_JOBS_ACI_PORT: '0',
      GPU_JOBS_EMULATOR_PROVISION_MS: '10',
      GPU_JOBS_EMULATOR_PULL_MS: '10',
      GPU_JOBS_EMULATOR_DELETE_MS: '10',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(emulator);
  const lines: AsyncIterator<string> = createInterface({ input: emulator.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  const { url, tlsUrl } = readySchema.parse(JSON.parse(String(first.value)));
  return { process: emulator, url, ...(tlsUrl !== undefined && { tlsUrl }), client: clientOf(url) };
}

/** The genuine client refuses to send a token over http, so its policy is replaced by one that sends none. */
function clientOf(endpoint: string): ContainerInstanceManagementClient {
  const pipeline = createClientPipeline({});
  pipeline.addPolicy({
    name: 'bearerTokenAuthenticationPolicy',
    sendRequest: (request, next) => next(request),
  });
  const credential = { getToken: () => Promise.resolve(null) };
  return new ContainerInstanceManagementClient(credential, SUBSCRIPTION, {
    endpoint,
    pipeline,
    allowInsecureConnection: true,
  });
}

function hostProcess(...command: string[]): ReturnType<typeof group> {
  return group({ containers: [container({ image: 'gpu-jobs.local/host-process', command })] });
}

async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await delay(10);
  }
}

function isGone(pid: string): true | undefined {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')) ? true : undefined;
  } catch {
    return true;
  }
}

it('runs a group from its create to its end over HTTP', async () => {
  const { client, url } = await start();
  const created = await client.containerGroups.beginCreateOrUpdateAndWait(
    RESOURCE_GROUP,
    'one',
    hostProcess('sh', '-c', 'echo hello; exit 3'),
    { updateIntervalInMs: 5 },
  );
  expect(created.provisioningState).toBe('Succeeded');
  const ended = await eventually(async () => {
    const { containers } = await client.containerGroups.get(RESOURCE_GROUP, 'one');
    const state = containers[0]?.instanceView?.currentState;
    return state?.state === 'Terminated' ? state : undefined;
  });
  expect(ended.exitCode).toBe(3);
  const { content } = await client.containers.listLogs(RESOURCE_GROUP, 'one', 'program');
  expect(content).toBe('hello\n');
  await client.containerGroups.beginDeleteAndWait(RESOURCE_GROUP, 'one');
  const ledger = ledgerSchema.parse(await (await fetch(`${url}/emulator/ledger`)).json());
  expect(ledger.programs).toMatchObject([{ group: 'one', exitCode: 3, bytes: 6 }]);
  const printed = await fetch(`${url}/emulator/ledger/printed?group=one`);
  expect(await printed.text()).toBe('hello\n');
});

async function startSleeper({ client }: Started): Promise<string> {
  const command = ['sh', '-c', 'sleep 1000 & echo $!; wait'];
  await client.containerGroups.beginCreateOrUpdate(RESOURCE_GROUP, 'one', hostProcess(...command));
  return eventually(async () => {
    try {
      const { content } = await client.containers.listLogs(RESOURCE_GROUP, 'one', 'program');
      return /^\d+/.exec(content ?? '')?.[0];
    } catch {
      return undefined; // Not started yet.
    }
  });
}

it('takes a login and a group over TLS from genuine clients that trust its authority', async () => {
  const state = await mkdtemp(join(tmpdir(), 'gpu-jobs-emulator-'));
  try {
    const { tlsUrl = '' } = await start({ GPU_JOBS_ACI_TLS_PORT: '0', GPU_JOBS_LOCAL_STATE: state });
    const tlsOptions = { ca: await readFile(authorityFile(state), 'utf8') };
    const credential = new ClientSecretCredential('adfs', 'me', 'any secret', {
      authorityHost: tlsUrl,
      tlsOptions,
    });
    const client = new ContainerInstanceManagementClient(credential, SUBSCRIPTION, {
      endpoint: tlsUrl,
      tlsOptions,
    });
    const created = await client.containerGroups.beginCreateOrUpdateAndWait(
      RESOURCE_GROUP,
      'one',
      hostProcess('true'),
      { updateIntervalInMs: 5 },
    );
    expect(created.provisioningState).toBe('Succeeded');
    const untrusting = new ContainerInstanceManagementClient(credential, SUBSCRIPTION, {
      endpoint: tlsUrl,
      retryOptions: { maxRetries: 0 },
    });
    await expect(untrusting.containerGroups.get(RESOURCE_GROUP, 'one')).rejects.toThrow(/unable to verify/);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
});

it('gives addresses of https to a client that came by https through a proxy', async () => {
  const { url } = await start();
  const path = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}/providers/Microsoft.ContainerInstance/containerGroups/one`;
  const body = {
    location: 'eastus',
    properties: {
      osType: 'Linux',
      containers: [
        {
          name: 'program',
          properties: {
            image: 'gpu-jobs.local/host-process',
            command: ['true'],
            resources: { requests: { cpu: 1, memoryInGB: 1 } },
          },
        },
      ],
    },
  };
  const created = await fetch(`${url}${path}?api-version=2023-05-01`, {
    method: 'PUT',
    headers: { 'X-Forwarded-Proto': 'https' },
    body: JSON.stringify(body),
  });
  const operation = created.headers.get('azure-asyncoperation') ?? '';
  expect(operation.startsWith(`https://${new URL(url).host}/subscriptions/`)).toBe(true);
});

it('takes its programs with it when it is killed', async () => {
  const emulator = await start();
  const pid = await startSleeper(emulator);
  expect(isGone(pid)).toBeUndefined();
  emulator.process.kill('SIGKILL');
  expect(await eventually(() => isGone(pid))).toBe(true);
});

it('ends its programs and exits 0 on SIGTERM', async () => {
  const emulator = await start();
  const pid = await startSleeper(emulator);
  emulator.process.kill('SIGTERM');
  expect(await once(emulator.process, 'exit')).toEqual([0, null]);
  expect(await eventually(() => isGone(pid))).toBe(true);
});

it('says what is wrong with its settings and exits 1', async () => {
  const emulator = spawn(process.execPath, [MAIN], {
    env: { GPU_JOBS_ACI_PORT: 'http' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  emulator.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  expect(await once(emulator, 'close')).toEqual([1, null]);
  expect(said).toContain('GPU_JOBS_ACI_PORT=http');
});
