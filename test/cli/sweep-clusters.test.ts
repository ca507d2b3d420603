// `gpujobs sweep --expired-only` as the watchdog runs it on a cluster: the built command in a process of its own, the
// genuine way by a kubeconfig, and only the rights of infra/kubernetes/watchdog.yaml.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { parse } from 'yaml';
import { z } from 'zod';

import { workloadName } from '../../domain/job/names';
import { localKubeconfig } from '../../standins/kubernetes/local-cluster';
import { type RunningServer, serve } from '../../standins/wire/node-server';
import { type KubernetesStage, setKubernetesStage } from '../backends/kubernetes/kubernetes-stage';
import { NEW_YEAR, testJobId } from '../support/rows';

const ROOT = join(__dirname, '../..');
const OWNER = 'owner0000000';
const TOKEN = 'the-token-of-the-watchdog-000000';
const DAY = 86_400_000;
const RBAC = 'rbac.authorization.k8s.io';

let stage: KubernetesStage;
let server: RunningServer;
let folder: string;

beforeEach(async () => {
  const role = parse(await readFile(join(ROOT, 'infra/kubernetes/watchdog.yaml'), 'utf8')) as object;
  const namespace = 'gpu-jobs';
  stage = setKubernetesStage({
    user: { name: 'watchdog', groups: [], token: TOKEN },
    settings: {
      objects: [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
        z.record(z.string(), z.json()).parse({ ...role, metadata: { name: 'gpu-jobs-watchdog', namespace } }),
        {
          apiVersion: `${RBAC}/v1`,
          kind: 'RoleBinding',
          metadata: { name: 'gpu-jobs-watchdog', namespace },
          roleRef: { apiGroup: RBAC, kind: 'Role', name: 'gpu-jobs-watchdog' },
          subjects: [{ apiGroup: RBAC, kind: 'User', name: 'watchdog' }],
        },
      ],
    },
  });
  server = await serve(stage.standIn.handle, { port: 0, onError: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-sweep-'));
  await writeFile(join(folder, 'kubeconfig.yaml'), localKubeconfig(server.origin, TOKEN));
  await create(1, OWNER, NEW_YEAR - DAY);
  await create(2, OWNER, NEW_YEAR + DAY);
  await create(3, 'other0000000', NEW_YEAR - DAY);
});

afterEach(async () => {
  await server.close();
  await stage.standIn.close();
  await rm(folder, { recursive: true, force: true });
});

/** A Job with a Secret, as the app makes it. The Secret belongs to the Job once a look has seen it. */
async function create(n: number, owner: string, expiresAt: number, isSeen = true): Promise<void> {
  const jobId = testJobId(n);
  const request = {
    ref: { name: workloadName(jobId, 1), placement: stage.placement, owner, jobId, attempt: 1 },
    spec: { image: 'example/program:1', env: { KEY: { secretRef: 'key' } } },
    secrets: { KEY: 'value' },
    createdAt: NEW_YEAR - 2 * DAY,
    expiresAt,
    timeoutMs: 10_000,
  };
  expect(await stage.backend.prepare?.(request)).toEqual({ kind: 'ready' });
  expect(await stage.backend.create(request)).toEqual({ kind: 'accepted' });
  if (isSeen) expect(await stage.backend.observe(request.ref)).toMatchObject({ kind: 'present' });
}

/** The names of the Jobs and Secrets that are not gone, or are not to go. */
function staying(): string[] {
  return stage.standIn
    .ledger()
    .objects.filter(
      ({ resource, deleteRequestedAt }) => resource !== 'pods' && deleteRequestedAt === undefined,
    )
    .map(({ resource, name }) => `${resource} ${name}`)
    .toSorted();
}

const bothOf = (...numbers: readonly number[]): string[] =>
  ['jobs.batch', 'secrets'].flatMap((kind) => numbers.map((n) => `${kind} ${testJobId(n)}-1`));

async function sweep(...args: readonly string[]): Promise<unknown> {
  const cluster = { kubeconfig: join(folder, 'kubeconfig.yaml') };
  const placement = { ...stage.configured, cluster };
  const { PATH = '' } = process.env;
  const env = { PATH, GPU_JOBS_PLACEMENTS: JSON.stringify([placement]) };
  const words = ['dist/cli/main.js', 'sweep', '--expired-only', '--owner', OWNER, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: ROOT, env, timeout: 25_000 });
  return JSON.parse(stdout);
}

test('deletes the Job that is past its expiry and this owner’s, and its Secret goes with it', async () => {
  expect(await sweep()).toMatchObject({
    listed: 2,
    failedLists: 0,
    expired: [`${testJobId(1)}-1`],
    deletesSent: 1,
    failedDeletes: 0,
  });
  await stage.advance(stage.untilGone);
  expect(staying()).toEqual(bothOf(2, 3));
});

test('deletes with its next run a Secret that no Job owns, since the app died before it saw the Job', async () => {
  await create(4, OWNER, NEW_YEAR - DAY, false);
  expect(await sweep()).toMatchObject({ deletesSent: 2, failedDeletes: 0 });
  await stage.advance(stage.untilGone);
  expect(staying()).toContain(`secrets ${testJobId(4)}-1`);
  expect(await sweep()).toMatchObject({ expired: [`${testJobId(4)}-1`], deletesSent: 1, failedDeletes: 0 });
  await stage.advance(stage.untilGone);
  expect(staying()).toEqual(bothOf(2, 3));
});

test('deletes nothing in a dry run', async () => {
  expect(await sweep('--dry-run')).toMatchObject({ expired: [`${testJobId(1)}-1`], deletesSent: 0 });
  await stage.advance(stage.untilGone);
  expect(staying()).toEqual(bothOf(1, 2, 3));
});
