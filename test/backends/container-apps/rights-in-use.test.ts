// The rights of the app, of its doctor and of the watchdog while they work: each is taken, no other is, and one that is
// missing is missed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { IDENTITY_RIGHTS } from '../../../backends/arm/identity-rights';
import { containerAppsInspections } from '../../../backends/container-apps/doctor/inspections';
import { environmentId } from '../../../backends/container-apps/environment-id';
import {
  DOCTOR_RIGHTS,
  ENVIRONMENT_RIGHTS,
  REGION_RIGHTS,
  RUNNER_DATA_RIGHTS,
  RUNNER_RIGHTS,
  WATCHDOG_RIGHTS,
  WORKSPACE_RIGHTS,
} from '../../../backends/container-apps/rights';
import { createPace } from '../../../domain/placement/pace';
import { type ExpiredReport, sweepExpired } from '../../../jobs/sweep/sweep-expired';
import { createRightsGate, type RightsGate } from '../../../standins/rights/gate';
import type { Assignment } from '../../../standins/rights/grants';
import { created, refOn, requestOf, SPEC } from '../../contract/backend-stage';
import { containerAppsPlacement } from '../../support/container-apps-placement';
import { actionsOf, differences, OWNER, without } from '../../support/rights/in-use';
import { NEW_YEAR } from '../../support/rows';
import { type ContainerAppsStage, setContainerAppsStage, STAGE_WORKSPACE } from './container-apps-stage';

const ELSEWHERE = {
  subscription: '00000000-0000-0000-0000-000000000002',
  resourceGroup: 'environments',
  name: 'gpu-env',
  location: 'westus3',
  workspace: STAGE_WORKSPACE,
  profiles: { Consumption: 'Consumption', 'serverless-t4': 'Consumption-GPU-NC8as-T4' },
  storages: { data: { account: 'files', key: 'a2V5', share: 'data', accessMode: 'ReadOnly' as const } },
};
const PLACEMENT = containerAppsPlacement({
  environment: `/subscriptions/${ELSEWHERE.subscription}/resourceGroups/${ELSEWHERE.resourceGroup}/providers/Microsoft.App/managedEnvironments/${ELSEWHERE.name}`,
  workspaceId: STAGE_WORKSPACE,
  volumes: { data: { storage: 'data', readOnly: true } },
});
const JOBS = `/subscriptions/${PLACEMENT.subscriptionId}/resourceGroups/${PLACEMENT.resourceGroup}`;
/** The quotas of a region are those of the environment's subscription. */
const REGION = `/subscriptions/${ELSEWHERE.subscription}`;
const IDENTITY = `${JOBS}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pull`;
const OWNER_ID = 'owner1';
const RUNS_LONG = { prints: [{ atMs: 1, text: 'hello\n' }], exit: { atMs: 3_600_000, code: 0 } };

const APP: readonly Assignment[] = [
  { scope: JOBS, actions: RUNNER_RIGHTS, dataActions: RUNNER_DATA_RIGHTS },
  { scope: environmentId(PLACEMENT), actions: ENVIRONMENT_RIGHTS },
  { scope: REGION, actions: REGION_RIGHTS },
  { scope: IDENTITY, actions: IDENTITY_RIGHTS },
  { scope: `/workspaces/${STAGE_WORKSPACE}`, actions: WORKSPACE_RIGHTS },
];

/** A stage whose caller has these roles. */
function setStage(roles: () => readonly Assignment[]): {
  readonly stage: ContainerAppsStage;
  readonly gate: RightsGate;
} {
  const gate = createRightsGate(roles);
  const { environment, workspaceId } = PLACEMENT;
  const stage = setContainerAppsStage({
    placement: { environment, workspaceId },
    settings: { environments: [ELSEWHERE] },
    script: () => RUNS_LONG,
    intercept: gate.answer,
  });
  return { stage, gate };
}

/**
 * All that a backend is ever asked: for one job that pulls by an identity and runs until it is removed, and for one
 * whose definition is removed before its start.
 */
async function wholeLife(stage: ContainerAppsStage): Promise<unknown[]> {
  const { backend } = stage;
  const ref = refOn(stage);
  const unstarted = refOn(stage, 2);
  const told: unknown[] = [];
  const tell = async (work: Promise<unknown> | undefined): Promise<void> => {
    told.push(await work?.catch((error: unknown) => String(error)));
  };
  const registry = { server: 'registry.azurecr.io', identity: IDENTITY };
  await tell(created(stage, ref, { ...SPEC, registry }));
  await stage.advance(10_000);
  await tell(backend.observe(ref));
  await tell(backend.logs(ref));
  await tell(backend.logStore?.count({ workload: ref.name, run: `${ref.name}-1`, since: NEW_YEAR }));
  await tell(backend.list(OWNER_ID));
  await tell(backend.usages());
  for (let removal = 0; removal < 3; removal += 1) {
    await tell(backend.remove(ref));
    await stage.advance(30_000);
  }
  await tell(backend.observe(ref));
  await tell(backend.prepare?.(requestOf(unstarted)));
  await stage.advance(10_000);
  await tell(backend.remove(unstarted));
  await stage.advance(30_000);
  return told;
}

describe('the life of a job in an environment of another subscription', () => {
  test('takes each right of its list where it is listed, and no other', async () => {
    const { stage, gate } = setStage(() => OWNER);
    expect(await wholeLife(stage)).toMatchObject([
      { kind: 'accepted' },
      { kind: 'present' },
      { kind: 'window' },
      expect.any(Number),
      { workloads: [{}] },
      expect.anything(),
      { sent: 'stop' },
      { sent: 'delete' },
      { sent: 'nothing' },
      { kind: 'absent' },
      { kind: 'not-yet' },
      { sent: 'delete' },
    ]);
    expect(differences(APP, gate.asked)).toEqual({ unused: [], unlisted: [] });
  });

  test('goes well with these rights alone', async () => {
    const { stage, gate } = setStage(() => APP);
    expect((await wholeLife(stage)).at(-1)).toMatchObject({ sent: 'delete' });
    expect(gate.refused).toEqual([]);
    expect(stage.standIn.left().jobs).toEqual([]);
  });

  test.each(actionsOf(APP))('at $scope is refused something without $action', async (granted) => {
    const { stage, gate } = setStage(() => without(APP, granted));
    await wholeLife(stage);
    expect(gate.refused.length).toBeGreaterThan(0);
  });
});

describe('the doctor', () => {
  /** What it reads of the jobs, their workspace and the quotas the app reads, too. */
  const READS: readonly Assignment[] = [
    { scope: JOBS, actions: ['Microsoft.App/jobs/read'] },
    { scope: environmentId(PLACEMENT), actions: ['Microsoft.App/managedEnvironments/usages/read'] },
    { scope: REGION, actions: REGION_RIGHTS },
    { scope: `/workspaces/${STAGE_WORKSPACE}`, actions: WORKSPACE_RIGHTS },
  ];
  const inspect = async (stage: ContainerAppsStage) => {
    const inspections = containerAppsInspections(PLACEMENT, {}, stage.backend, stage.clientsOf, stage.now());
    return Promise.all(
      inspections.map(({ name, check }) =>
        check().catch((error: unknown) => ({ name, standing: 'failed', detail: String(error) })),
      ),
    );
  };

  test('reads what it lists, beside what the app reads, and nothing else', async () => {
    const { stage, gate } = setStage(() => OWNER);
    await inspect(stage);
    const lists = [
      ...READS,
      { scope: environmentId(PLACEMENT), actions: DOCTOR_RIGHTS },
      { scope: JOBS, actions: ['Microsoft.Authorization/permissions/read'] },
      { scope: REGION, actions: ['Microsoft.Authorization/permissions/read'] },
    ];
    expect(differences(lists, gate.asked)).toEqual({ unused: [], unlisted: [] });
  });

  test.each([
    ['the roles of the app', 'ok', APP],
    [
      'no right to start',
      'failed',
      without(APP, { scope: JOBS, action: 'Microsoft.App/jobs/start/action', kind: 'actions' }),
    ],
  ])('finds of an identity with %s that its rights are %s', async (_, standing, roles) => {
    const both = [...roles, { scope: '', actions: ['Microsoft.Authorization/permissions/read'] }];
    const { stage } = setStage(() => both);
    expect(await inspect(stage)).toContainEqual(
      expect.objectContaining({ name: `${PLACEMENT.name} rights`, standing }),
    );
  });
});

/**
 * Sweeps two jobs that are past their expiry, five minutes apart as the watchdog does: one runs on, one was never
 * started.
 */
async function watched(rights: () => readonly Assignment[]): Promise<{
  readonly reports: readonly ExpiredReport[];
  readonly gate: RightsGate;
  readonly left: readonly string[];
}> {
  let granted = OWNER;
  const { stage, gate } = setStage(() => granted);
  await created(stage, refOn(stage));
  await stage.backend.prepare?.(requestOf(refOn(stage, 2)));
  await stage.advance(3 * 60_000); // Past the expiry that `requestOf` gives.
  granted = rights();
  const before = gate.asked.length;
  const clock = { now: stage.now, monotonic: stage.now };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const ports = {
    placements: [PLACEMENT],
    backendOf: () => stage.backend,
    factsOf: () => stage.facts,
    pace: createPace(clock, () => stage.facts.traits.requests),
    pause: async (ms: number) => stage.advance(ms),
    log,
  };
  const reports: ExpiredReport[] = [];
  for (let run = 0; run < 2; run += 1) {
    reports.push(await sweepExpired(ports, OWNER_ID));
    await stage.advance(5 * 60_000);
  }
  return { reports, gate: { ...gate, asked: gate.asked.slice(before) }, left: stage.standIn.left().jobs };
}

describe('the watchdog', () => {
  const WATCHDOG: readonly Assignment[] = [{ scope: JOBS, actions: WATCHDOG_RIGHTS }];

  test('takes each of its rights, and no other', async () => {
    const { gate, left } = await watched(() => OWNER);
    expect(differences(WATCHDOG, gate.asked)).toEqual({ unused: [], unlisted: [] });
    expect(left).toEqual([]);
  });

  test('stops and removes what has expired with the rights of its role alone', async () => {
    const { reports, gate, left } = await watched(() => WATCHDOG);
    expect(reports).toMatchObject([
      { listed: 2, failedLists: 0, deletesSent: 2, failedDeletes: 0 },
      { listed: 0, failedLists: 0, deletesSent: 0, failedDeletes: 0 },
    ]);
    expect([gate.refused, left]).toEqual([[], []]);
  });

  test.each(actionsOf(WATCHDOG))('is refused something without $action', async (granted) => {
    const { gate } = await watched(() => without(WATCHDOG, granted));
    expect(gate.refused.length).toBeGreaterThan(0);
  });
});

test('the page on Container Apps lists these rights, and no other', () => {
  const page = readFileSync(join(__dirname, '../../../docs/container-apps.md'), 'utf8');
  const [, section = ''] = /^## Rights\n([^]*?)^## /m.exec(page) ?? [];
  const listed = [...section.matchAll(/`(Microsoft\.[^`]+)`/g)].map(([, right]) => right);
  expect(listed).toEqual([
    ...RUNNER_RIGHTS,
    ...RUNNER_DATA_RIGHTS,
    ...ENVIRONMENT_RIGHTS,
    ...REGION_RIGHTS,
    ...IDENTITY_RIGHTS,
    ...WORKSPACE_RIGHTS,
  ]);
});
