// `gpujobs sweep --expired-only` as the watchdog runs it on Container Apps: the built command in a process of its own,
// the genuine client, the stand-in over HTTP. Jobs in two subscriptions, their environment in a third.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { createContainerAppsBackend } from '../../backends/container-apps/container-apps-backend';
import { workloadName } from '../../domain/job/names';
import type { CreateRequest } from '../../domain/ports/compute-backend';
import { type RunningServer, serve } from '../../standins/wire/node-server';
import {
  type ContainerAppsStage,
  setContainerAppsStage,
} from '../backends/container-apps/container-apps-stage';
import { containerAppsPlacement } from '../support/container-apps-placement';
import { NEW_YEAR, testJobId } from '../support/rows';

const ROOT = join(__dirname, '../..');
const OWNER = 'owner0000000';
const DAY = 86_400_000;
const SUBSCRIPTIONS = ['1', '2', '3'].map((n) => `00000000-0000-0000-0000-00000000000${n}`);
const [FIRST = '', SECOND = '', THIRD = ''] = SUBSCRIPTIONS;
const ENVIRONMENT = {
  subscription: THIRD,
  resourceGroup: 'environments',
  name: 'gpu-env',
  location: 'westus3',
  profiles: { Consumption: 'Consumption', 'serverless-t4': 'Consumption-GPU-NC8as-T4' },
};
const environment = `/subscriptions/${THIRD}/resourceGroups/environments/providers/Microsoft.App/managedEnvironments/gpu-env`;
const PLACEMENTS = [
  containerAppsPlacement({ name: 'one', subscriptionId: FIRST, resourceGroup: 'jobs-one', environment }),
  containerAppsPlacement({ name: 'two', subscriptionId: SECOND, resourceGroup: 'jobs-two', environment }),
];

let stage: ContainerAppsStage;
let server: RunningServer;

beforeEach(async () => {
  stage = setContainerAppsStage({ settings: { environments: [ENVIRONMENT], retryAfterSeconds: 0 } });
  server = await serve(stage.standIn.handle, { port: 0, onError: () => undefined });
  await create(1, { in: 0, expiresAt: NEW_YEAR - DAY });
  await create(2, { in: 1, expiresAt: NEW_YEAR - DAY });
  await create(3, { in: 1, expiresAt: NEW_YEAR + DAY });
  await create(4, { in: 1, expiresAt: NEW_YEAR - DAY, owner: 'other0000000' });
  await stage.advance(60_000); // Every program has ended.
});

afterEach(async () => {
  await server.close();
  await stage.standIn.close();
});

async function create(
  n: number,
  of: { readonly in: number; readonly expiresAt: number; readonly owner?: string },
): Promise<void> {
  const placement = PLACEMENTS[of.in];
  if (placement === undefined) throw new Error('There is no such placement.');
  const backend = createContainerAppsBackend(placement, stage.clientsOf);
  const jobId = testJobId(n);
  const { owner = OWNER, expiresAt } = of;
  const request: CreateRequest = {
    ref: { name: workloadName(jobId, 1), placement: placement.name, owner, jobId, attempt: 1 },
    spec: { image: 'example/program:1' },
    secrets: {},
    createdAt: NEW_YEAR - 2 * DAY,
    expiresAt,
    timeoutMs: 10_000,
  };
  expect(await backend.prepare?.(request)).toEqual({ kind: 'not-yet' });
  await stage.advance(stage.untilReady);
  expect(await backend.prepare?.(request)).toEqual({ kind: 'ready' });
  expect(await backend.create(request)).toEqual({ kind: 'accepted' });
}

async function sweep(...args: readonly string[]): Promise<unknown> {
  const { PATH = '' } = process.env;
  const env = {
    PATH,
    GPU_JOBS_PLACEMENTS: JSON.stringify(PLACEMENTS),
    GPU_JOBS_ARM_ENDPOINT: server.origin,
  };
  const words = ['dist/cli/main.js', 'sweep', '--expired-only', '--owner', OWNER, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: ROOT, env, timeout: 25_000 });
  return JSON.parse(stdout);
}

const name = (n: number): string => workloadName(testJobId(n), 1);

test('deletes the definitions that are past their expiry and this owner’s, in each subscription', async () => {
  expect(await sweep()).toEqual({
    listed: 3,
    failedLists: 0,
    expired: [name(1), name(2)],
    deletesSent: 2,
    failedDeletes: 0,
  });
  await stage.advance(stage.untilGone);
  expect(stage.standIn.left().jobs.toSorted()).toEqual([name(3), name(4)]);
});

test('deletes nothing in a dry run', async () => {
  expect(await sweep('--dry-run')).toMatchObject({ expired: [name(1), name(2)], deletesSent: 0 });
  await stage.advance(stage.untilGone);
  expect(stage.standIn.left().jobs).toHaveLength(4);
});
