// The rights of the app and of the watchdog on container instances while they work: each is taken, no other is, and one
// that is missing is missed.
import { createAciBackend } from '../../../backends/aci/aci-backend';
import { aciFacts } from '../../../backends/aci/facts';
import { aciInspections } from '../../../backends/aci/inspections';
import { REGION_RIGHTS, RUNNER_RIGHTS, WATCHDOG_RIGHTS } from '../../../backends/aci/rights';
import { IDENTITY_RIGHTS } from '../../../backends/arm/identity-rights';
import { createPace } from '../../../domain/placement/pace';
import type { ComputeBackend, WorkloadRef } from '../../../domain/ports/compute-backend';
import { sweepExpired } from '../../../jobs/sweep/sweep-expired';
import { createRightsGate, type RightsGate } from '../../../standins/rights/gate';
import type { Assignment } from '../../../standins/rights/grants';
import { requestOf, SPEC } from '../../contract/backend-stage';
import { setStage as setEmulator, type Stage } from '../../standins/aci/support';
import { testPlacement } from '../../support/placements';
import { actionsOf, differences, OWNER, without } from '../../support/rights/in-use';
import { testJobId } from '../../support/rows';
import { NEVER_ENDS } from '../../support/world/region';

const PLACEMENT = testPlacement();
const SUBSCRIPTION = `/subscriptions/${PLACEMENT.subscriptionId}`;
const GROUP = `${SUBSCRIPTION}/resourceGroups/${PLACEMENT.resourceGroup}`;
const IDENTITY = `${SUBSCRIPTION}/resourceGroups/others/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pull`;
const REF: WorkloadRef = {
  name: `${testJobId(1)}-1`,
  placement: PLACEMENT.name,
  owner: 'owner1',
  jobId: testJobId(1),
  attempt: 1,
};

const APP: readonly Assignment[] = [
  { scope: GROUP, actions: RUNNER_RIGHTS },
  { scope: SUBSCRIPTION, actions: REGION_RIGHTS },
  { scope: IDENTITY, actions: IDENTITY_RIGHTS },
];
const WATCHDOG: readonly Assignment[] = [{ scope: GROUP, actions: WATCHDOG_RIGHTS }];

/** The placement has no identity of programs, so the doctor asks for none. */
const nothingToRead = (): never => {
  throw new Error('Nothing is read of Resource Manager but by the client.');
};

/** A stage whose caller has these roles. */
function setStage(roles: () => readonly Assignment[]): Stage & {
  readonly backend: ComputeBackend;
  readonly gate: RightsGate;
} {
  const gate = createRightsGate(roles);
  const stage = setEmulator({ scripts: [NEVER_ENDS], intercept: gate.answer });
  const clients = { creating: stage.client, reading: stage.client };
  return { ...stage, backend: createAciBackend(PLACEMENT, () => clients), gate };
}

/** All that a backend is ever asked, for one job that pulls by an identity. */
async function wholeLife({ backend, advance, now }: ReturnType<typeof setStage>): Promise<unknown[]> {
  const told: unknown[] = [];
  const tell = async (work: Promise<unknown>): Promise<void> => {
    told.push(await work.catch((error: unknown) => String(error)));
  };
  const registry = { server: 'registry.azurecr.io', identity: IDENTITY };
  await tell(backend.create(requestOf(REF, { ...SPEC, registry })));
  advance(10_000);
  await tell(backend.observe(REF));
  await tell(backend.logs(REF));
  await tell(backend.list(REF.owner));
  await tell(backend.usages());
  await tell(
    Promise.all(aciInspections(PLACEMENT, backend, nothingToRead, now()).map(async ({ check }) => check())),
  );
  await tell(backend.remove(REF));
  advance(10_000);
  await tell(backend.observe(REF));
  return told;
}

describe('the life of a job on container instances, and a look of the doctor', () => {
  test('take each right of the list where it is listed, and no other', async () => {
    const stage = setStage(() => OWNER);
    expect(await wholeLife(stage)).toMatchObject([
      { kind: 'accepted' },
      { kind: 'present' },
      { kind: 'window' },
      { workloads: [{}] },
      expect.anything(),
      [{ standing: 'ok' }, { standing: 'ok' }],
      { sent: 'delete' },
      { kind: 'absent' },
    ]);
    expect(differences(APP, stage.gate.asked)).toEqual({ unused: [], unlisted: [] });
  });

  test('go well with these rights alone', async () => {
    const stage = setStage(() => APP);
    expect((await wholeLife(stage)).at(-1)).toEqual({ kind: 'absent' });
    expect(stage.gate.refused).toEqual([]);
    expect(stage.programs).toHaveLength(1);
  });

  test.each(actionsOf(APP))('at $scope are refused something without $action', async (granted) => {
    const stage = setStage(() => without(APP, granted));
    await wholeLife(stage);
    expect(stage.gate.refused.length).toBeGreaterThan(0);
  });

  test('need no poll of a create: one that is refused changes nothing', async () => {
    const action = 'Microsoft.ContainerInstance/locations/operations/read';
    const stage = setStage(() => without(APP, { scope: SUBSCRIPTION, action, kind: 'actions' }));
    expect((await wholeLife(stage))[0]).toEqual({ kind: 'accepted' });
    expect(new Set(stage.gate.refused.map(({ name }) => name))).toEqual(new Set([action]));
  });
});

/** Sweeps a group that is past its expiry. */
async function watched(roles: readonly Assignment[]): Promise<{ gate: RightsGate; left: unknown[] }> {
  let granted = OWNER;
  const { backend, gate, advance, now, client } = setStage(() => granted);
  await backend.create(requestOf(REF));
  advance(3 * 60_000); // Past the expiry that `requestOf` gives.
  granted = roles;
  const before = gate.asked.length;
  const clock = { now, monotonic: now };
  await sweepExpired(
    {
      placements: [PLACEMENT],
      backendOf: () => backend,
      factsOf: () => aciFacts(PLACEMENT),
      pace: createPace(clock, () => aciFacts(PLACEMENT).traits.requests),
      pause: (ms: number) => {
        advance(ms);
        return Promise.resolve();
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    },
    REF.owner,
  );
  advance(60_000);
  granted = OWNER;
  const after = gate.asked.length;
  const left: unknown[] = [];
  for await (const group of client.containerGroups.listByResourceGroup(PLACEMENT.resourceGroup))
    left.push(group.name);
  return { gate: { ...gate, asked: gate.asked.slice(before, after) }, left };
}

describe('the watchdog', () => {
  test('takes each of its rights, and no other', async () => {
    const { gate } = await watched(OWNER);
    expect(differences(WATCHDOG, gate.asked)).toEqual({ unused: [], unlisted: [] });
  });

  test('removes what has expired with the rights of its role alone', async () => {
    const { gate, left } = await watched(WATCHDOG);
    expect({ refused: gate.refused, left }).toEqual({ refused: [], left: [] });
  });

  test.each(actionsOf(WATCHDOG))('leaves it there without $action', async (granted) => {
    const { gate, left } = await watched(without(WATCHDOG, granted));
    expect(gate.refused.length).toBeGreaterThan(0);
    expect(left).toEqual([REF.name]);
  });
});
