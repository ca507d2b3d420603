// The rights of the app and of the watchdog while they work: each is taken, no other is, and one that is missing is
// missed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { environmentId } from '../../../backends/container-apps/environment-id';
import {
  ENVIRONMENT_RIGHTS,
  IDENTITY_RIGHTS,
  REGION_RIGHTS,
  RUNNER_RIGHTS,
  WATCHDOG_RIGHTS,
} from '../../../backends/container-apps/rights';
import { createPace } from '../../../domain/placement/pace';
import { type ExpiredReport, sweepExpired } from '../../../jobs/sweep/sweep-expired';
import { json, type WireRequest, type WireResponse } from '../../../standins/wire/handler';
import { created, refOn, SPEC } from '../../contract/backend-stage';
import { containerAppsPlacement } from '../../support/container-apps-placement';
import { type ContainerAppsStage, setContainerAppsStage } from './container-apps-stage';
import { grants, isGranted, rightsOf } from './requested-rights';

const ELSEWHERE = {
  subscription: '00000000-0000-0000-0000-000000000002',
  resourceGroup: 'environments',
  name: 'gpu-env',
  location: 'westus3',
  profiles: { Consumption: 'Consumption', 'serverless-t4': 'Consumption-GPU-NC8as-T4' },
};
const PLACEMENT = containerAppsPlacement({
  environment: `/subscriptions/${ELSEWHERE.subscription}/resourceGroups/${ELSEWHERE.resourceGroup}/providers/Microsoft.App/managedEnvironments/${ELSEWHERE.name}`,
});
const JOBS = `/subscriptions/${PLACEMENT.subscriptionId}/resourceGroups/${PLACEMENT.resourceGroup}`;
/** The quotas of a region are those of the environment's subscription. */
const REGION = `/subscriptions/${ELSEWHERE.subscription}`;
const IDENTITY = `${JOBS}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pull`;
const OWNER = 'owner1';
const RUNS_LONG = { prints: [{ atMs: 1, text: 'hello\n' }], exit: { atMs: 3_600_000, code: 0 } };

/** A stage whose caller has these rights by scope. Gathers what is asked for: `scope right`. */
function setStage(granted: (scope: string) => readonly string[]): {
  readonly stage: ContainerAppsStage;
  readonly asked: Set<string>;
} {
  const asked = new Set<string>();
  const intercept = (request: WireRequest): WireResponse | undefined => {
    for (const { rights, scope } of rightsOf(request)) {
      for (const right of rights) asked.add(`${scope} ${right}`);
      const missing = rights.find((right) => !isGranted(right, granted(scope)));
      if (missing !== undefined) return refused(missing, scope);
    }
    return undefined;
  };
  const { environment } = PLACEMENT;
  const stage = setContainerAppsStage({
    placement: { environment },
    settings: { environments: [ELSEWHERE] },
    script: () => RUNS_LONG,
    intercept,
  });
  return { stage, asked };
}

function refused(right: string, scope: string): WireResponse {
  const message = `The client does not have authorization to perform action '${right}' over scope '${scope}'.`;
  return json(403, { error: { code: 'AuthorizationFailed', message } });
}

const ALL = ['*'];

/** All that a backend is ever asked, for one job that pulls by an identity and runs until it is removed. */
async function wholeJob(stage: ContainerAppsStage): Promise<unknown[]> {
  const ref = refOn(stage);
  const told: unknown[] = [];
  const tell = async (work: Promise<unknown>): Promise<void> => {
    told.push(await work.catch((error: unknown) => String(error)));
  };
  const registry = { server: 'registry.azurecr.io', identity: IDENTITY };
  await tell(created(stage, ref, { ...SPEC, registry }));
  await stage.advance(10_000);
  await tell(stage.backend.observe(ref));
  await tell(stage.backend.logs(ref));
  await tell(stage.backend.list(OWNER));
  await tell(stage.backend.usages());
  for (let removal = 0; removal < 3; removal += 1) {
    await tell(stage.backend.remove(ref));
    await stage.advance(30_000);
  }
  await tell(stage.backend.observe(ref));
  return told;
}

/** `scope right` of each scope's rights. */
const inScopes = (scopes: Readonly<Record<string, readonly string[]>>): [string, string][] =>
  Object.entries(scopes).flatMap(([scope, rights]) =>
    rights.map((right): [string, string] => [scope, right]),
  );

/** Whether each right is one that was asked for, and each that was asked for is one of them. */
function expectAskedFor(
  asked: ReadonlySet<string>,
  scopes: Readonly<Record<string, readonly string[]>>,
): void {
  const unused = inScopes(scopes).filter(
    ([scope, right]) =>
      ![...asked].some((one) => one.startsWith(`${scope} `) && grants(right, one.slice(scope.length + 1))),
  );
  const unlisted = [...asked].filter((one) => {
    const [scope = '', right = ''] = one.split(' ');
    return !isGranted(right, scopes[scope] ?? []);
  });
  expect({ unused, unlisted }).toEqual({ unused: [], unlisted: [] });
}

const OF_THE_APP = {
  [JOBS]: RUNNER_RIGHTS,
  [environmentId(PLACEMENT)]: ENVIRONMENT_RIGHTS,
  [REGION]: REGION_RIGHTS,
  [IDENTITY]: IDENTITY_RIGHTS,
};

describe('the life of a job in an environment of another subscription', () => {
  test('takes each right of its list where it is listed, and no other', async () => {
    const { stage, asked } = setStage(() => ALL);
    const told = await wholeJob(stage);
    const { reading } = stage.clientsOf(ELSEWHERE.subscription);
    await reading.managedEnvironments.get(ELSEWHERE.resourceGroup, ELSEWHERE.name);
    expect(told).toMatchObject([
      { kind: 'accepted' },
      { kind: 'present' },
      { kind: 'window' },
      { workloads: [{}] },
      expect.anything(),
      { sent: 'stop' },
      { sent: 'delete' },
      { sent: 'nothing' },
      { kind: 'absent' },
    ]);
    expectAskedFor(asked, OF_THE_APP);
  });

  test('goes well with these rights alone', async () => {
    const { stage } = setStage((scope) => OF_THE_APP[scope] ?? []);
    expect((await wholeJob(stage)).at(-1)).toEqual({ kind: 'absent' });
    expect(stage.starts()).toBe(1);
  });

  /** Reads of the environment itself are the doctor's. */
  const NEEDED = inScopes(OF_THE_APP).filter(
    ([, right]) => right !== 'Microsoft.App/managedEnvironments/read',
  );

  test.each(NEEDED)('at %s meets a refusal without %s', async (at, without) => {
    const { stage, asked } = setStage((scope) =>
      (OF_THE_APP[scope] ?? []).filter((right) => scope !== at || right !== without),
    );
    await wholeJob(stage);
    const refusals = [...asked].filter((one) => {
      const [scope = '', right = ''] = one.split(' ');
      return !isGranted(
        right,
        (OF_THE_APP[scope] ?? []).filter((other) => scope !== at || other !== without),
      );
    });
    // What one wildcard grants another may grant as well.
    expect(refusals.length > 0).toBe(without !== 'Microsoft.App/jobs/*/read');
  });
});

/** Sweeps twice a job that is past its expiry and runs on, five minutes apart as the watchdog does. */
async function watched(
  rights: readonly string[],
  meet: (stage: ContainerAppsStage) => void = () => undefined,
): Promise<{
  readonly reports: readonly ExpiredReport[];
  readonly asked: ReadonlySet<string>;
  readonly left: readonly string[];
}> {
  let granted: readonly string[] = ALL;
  const { stage, asked } = setStage((scope) => (scope === JOBS ? granted : ALL));
  meet(stage);
  await created(stage, refOn(stage));
  await stage.advance(3 * 60_000); // Past the expiry that `requestOf` gives.
  granted = rights;
  asked.clear();
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
    reports.push(await sweepExpired(ports, OWNER));
    await stage.advance(5 * 60_000);
  }
  return { reports, asked, left: stage.standIn.left().jobs };
}

describe('the watchdog', () => {
  test('takes each of its rights, and no other', async () => {
    const { asked, left } = await watched(ALL);
    expectAskedFor(asked, { [JOBS]: WATCHDOG_RIGHTS });
    expect(left).toEqual([]);
  });

  test('stops and removes what has expired with the rights of its role alone', async () => {
    const { reports, left } = await watched(rolesActions());
    expect(reports).toMatchObject([
      { listed: 1, failedLists: 0, deletesSent: 1, failedDeletes: 0 },
      { listed: 0, failedLists: 0, deletesSent: 0, failedDeletes: 0 },
    ]);
    expect(left).toEqual([]);
  });

  test.each(rolesActions())(
    'without %s in its role leaves something there, or has no need of it',
    async (right) => {
      const { left } = await watched(rolesActions().filter((other) => other !== right));
      expect(left).toHaveLength(right === 'Microsoft.App/jobs/*/read' ? 0 : 1);
    },
  );
});

/** The actions of the watchdog's role for Container Apps, as its Bicep has them. */
function rolesActions(): string[] {
  const text = readFileSync(join(__dirname, '../../../infra/watchdog/apps-role.bicep'), 'utf8');
  return [...text.matchAll(/^ +'(Microsoft\.App.+)'$/gm)].map(([, action = '']) => action);
}

test('the page on Container Apps lists these rights, and no other', () => {
  const page = readFileSync(join(__dirname, '../../../docs/container-apps.md'), 'utf8');
  const [, section = ''] = /^## Rights\n([^]*?)^## /m.exec(page) ?? [];
  const listed = [...section.matchAll(/`(Microsoft\.[^`]+)`/g)].map(([, right]) => right);
  expect(listed).toEqual([...RUNNER_RIGHTS, ...ENVIRONMENT_RIGHTS, ...REGION_RIGHTS, ...IDENTITY_RIGHTS]);
});
