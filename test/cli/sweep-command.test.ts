// `gpujobs sweep --expired-only` as the watchdog runs it: the built command in a process of its own, the genuine
// client, the emulator over HTTP.
import { execFile } from 'node:child_process';
import { join } from 'node:path';

import { createAciBackend } from '../../backends/aci/aci-backend';
import { workloadName } from '../../domain/job/names';
import type { ComputeBackend, WorkloadRef } from '../../domain/ports/compute-backend';
import { type RunningServer, serve } from '../../standins/wire/node-server';
import { setStage, type Stage } from '../standins/aci/support';
import { RESOURCE_GROUP, SUBSCRIPTION, testPlacement } from '../support/placements';
import { testJobId } from '../support/rows';

const ROOT = join(__dirname, '../..');
const OWNER = 'owner0000000';
const PLACEMENT = testPlacement({ subscriptionId: SUBSCRIPTION, resourceGroup: RESOURCE_GROUP, gpus: [] });
const PAST = Date.UTC(2025, 0, 1);
const FUTURE = Date.UTC(2199, 0, 1);

let stage: Stage;
let backend: ComputeBackend;
let server: RunningServer;
beforeEach(async () => {
  stage = setStage();
  backend = createAciBackend(PLACEMENT, () => ({ creating: stage.client, reading: stage.client }));
  server = await serve((request) => stage.emulator.handle(request), { port: 0, onError: () => undefined });
});
afterEach(async () => {
  await server.close();
  await stage.emulator.close();
});

async function create(n: number, owner: string, expiresAt: number): Promise<void> {
  const jobId = testJobId(n);
  const ref: WorkloadRef = {
    name: workloadName(jobId, 1),
    placement: PLACEMENT.name,
    owner,
    jobId,
    attempt: 1,
  };
  const spec = { image: 'example/program:1' };
  const answer = await backend.create({
    ref,
    spec,
    secrets: {},
    createdAt: PAST,
    expiresAt,
    timeoutMs: 10_000,
  });
  expect(answer).toEqual({ kind: 'accepted' });
}

interface Run {
  readonly code: number;
  readonly report: unknown;
  readonly stderr: string;
}

function gpujobs(args: readonly string[], arm = server.origin): Promise<Run> {
  // No storage setting: the watchdog has none.
  const { PATH = '' } = process.env;
  const env = { PATH, GPU_JOBS_PLACEMENTS: JSON.stringify([PLACEMENT]), GPU_JOBS_ARM_ENDPOINT: arm };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/cli/main.js', 'sweep', ...args],
      { cwd: ROOT, env, timeout: 25_000 },
      (error, stdout, stderr) => {
        const report: unknown = stdout === '' ? undefined : JSON.parse(stdout);
        resolve({
          code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
          report,
          stderr,
        });
      },
    );
  });
}

const deleted = (): string[] =>
  stage.emulator
    .ledger()
    .groups.filter(({ deleteRequestedAt }) => deleteRequestedAt !== undefined)
    .map(({ group }) => group);

describe('gpujobs sweep --expired-only', () => {
  beforeEach(async () => {
    await create(1, OWNER, PAST);
    await create(2, OWNER, FUTURE);
    await create(3, 'other0000000', PAST);
  });

  test('deletes what is past its expiry and this owner’s, prints what it found and exits with 0', async () => {
    const run = await gpujobs(['--expired-only', '--owner', OWNER]);
    expect(run).toMatchObject({
      code: 0,
      report: {
        listed: 2,
        failedLists: 0,
        expired: [`${testJobId(1)}-1`],
        deletesSent: 1,
        failedDeletes: 0,
      },
    });
    expect(deleted()).toEqual([`${testJobId(1)}-1`]);
  });

  test('deletes nothing in a dry run', async () => {
    const run = await gpujobs(['--expired-only', '--owner', OWNER, '--dry-run']);
    expect(run).toMatchObject({ code: 0, report: { expired: [`${testJobId(1)}-1`], deletesSent: 0 } });
    expect(deleted()).toEqual([]);
  });

  test('exits with 1 if it can not get a list, and says why', async () => {
    const run = await gpujobs(['--expired-only', '--owner', OWNER], 'http://127.0.0.1:1');
    expect(run).toMatchObject({ code: 1, report: { failedLists: 1 } });
    expect(run.stderr).toContain('ECONNREFUSED');
  });

  test('asks for the owner: there is no storage to read it from', async () => {
    const run = await gpujobs(['--expired-only']);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain('--owner');
    expect(deleted()).toEqual([]);
  });
});
