// What Azure's 429s do to creating, polling and removing: the genuine client against the emulator with small quotas.
import { createAciBackend } from '../../backends/aci/aci-backend';
import { aciClients } from '../../backends/aci/arm-clients';
import type { AciPlacement } from '../../backends/aci/placement';
import { ACI_TRAITS } from '../../backends/aci/traits';
import { createPace } from '../../domain/placement/pace';
import { advance as step } from '../../jobs/attempt/advance';
import { heldPlaces } from '../../jobs/placement/held-places';
import type { AciSettings } from '../../standins/aci/settings';
import { createVirtualTime } from '../../standins/kernel/virtual-time';
import { serve } from '../../standins/wire/node-server';
import { advance } from '../support/advance';
import { attemptIn, type TestApp, testApp, withAttempt } from '../support/app/test-app';
import { armClients } from '../support/arm-clients';
import { testPlacement } from '../support/placements';
import { jobRow, NEW_YEAR, testJobId } from '../support/rows';
import { createRegion, NEVER_ENDS, type RegionParts } from '../support/world/region';

const PLACEMENT: AciPlacement = testPlacement();

interface Scene {
  readonly app: TestApp;
  /** Admits attempt 1 of job `n` and returns its story. */
  readonly story: (n: number) => Promise<{ jobId: string; attempt: number; epoch: number }>;
  readonly pass: (ms: number) => void;
}

function scene(settings: Partial<AciSettings>, intercept?: RegionParts['intercept']): Scene {
  const time = createVirtualTime(NEW_YEAR);
  const { handle } = createRegion(time, { settings, scripts: [NEVER_ENDS], intercept });
  const clients = armClients(handle);
  const pace = createPace(time.clock, () => ACI_TRAITS.requests);
  const backend = createAciBackend(
    PLACEMENT,
    () => clients,
    (report) => pace.onPace(PLACEMENT.name, report),
  );
  const app = testApp({ clock: time.clock, pace, placements: [PLACEMENT], backendOf: () => backend });
  return {
    app,
    story: async (n) => {
      const jobId = testJobId(n);
      await withAttempt(app, { jobId }, jobRow({ jobId, state: 'active', attempt: 1 }));
      return { jobId, attempt: 1, epoch: 1 };
    },
    pass: (ms) => advance(time, ms),
  };
}

async function pausedUntil({ app }: Scene): Promise<number | undefined> {
  return (await app.placementRows.read(PLACEMENT.name)).row.pausedUntil;
}

describe('a create that was one too many', () => {
  test('fails its attempt as throttled, and its placement is left alone for as long as the answer says', async () => {
    const set = scene({ changesPer5Minutes: 1 });
    await step(set.app.ports, await set.story(1));
    // The emulator counts from its first create: two of its five minutes are over.
    set.pass(120_000);
    await step(set.app.ports, await set.story(2));
    expect(await attemptIn(set.app, 1, testJobId(2))).toMatchObject({
      answer: 'refused',
      cleanup: 'gone',
      verdict: { kind: 'failed', reason: { code: 'throttled', class: 'infrastructure' } },
    });
    expect(await pausedUntil(set)).toBe(NEW_YEAR + 300_000);
  });

  test('is foreseen after a create that leaves none, though by our count some are left', async () => {
    const set = scene({ changesPer5Minutes: 1 });
    await step(set.app.ports, await set.story(1));
    expect(await pausedUntil(set)).toBe(NEW_YEAR + 30_000);
  });
});

describe('a delete that was one too many', () => {
  test('delays no other job: its removal counts as asked for and is sent again, and creating waits', async () => {
    const throttled: RegionParts['intercept'] = ({ method }) =>
      method === 'DELETE' ? { status: 429, headers: { 'retry-after': '90' } } : undefined;
    const set = scene({}, throttled);
    const story = await set.story(1);
    await step(set.app.ports, story);
    set.pass(60_000);
    const { attempts } = (await set.app.jobs.read(story.jobId)) ?? { attempts: [] };
    const [attempt] = attempts;
    if (attempt === undefined) throw new Error('There is no attempt.');
    const verdict = { kind: 'succeeded', exitCode: 0 } as const;
    await set.app.jobs.commit(story.jobId, [
      {
        kind: 'replace-attempt',
        row: { ...attempt.row, seen: true, verdict, cleanup: 'due' },
        etag: attempt.etag,
      },
    ]);
    expect(await step(set.app.ports, story)).toEqual({ next: 'go-on' });
    const after = await attemptIn(set.app, 1, story.jobId);
    expect(after).toMatchObject({ cleanup: 'requested' });
    expect(after.deleteSentAt).toBeUndefined(); // So the next look sends it again.
    expect(await pausedUntil(set)).toBe(NEW_YEAR + 60_000 + 90_000);
  });
});

describe('reads that run short', () => {
  test('slow the next looks', async () => {
    const few: RegionParts['intercept'] = ({ method }) =>
      method === 'GET' ? { status: 429, headers: { 'retry-after': '17' } } : undefined;
    let isShort = false;
    const set = scene({}, (request) => (isShort ? few(request) : undefined));
    const story = await set.story(1);
    await step(set.app.ports, story);
    expect(await step(set.app.ports, story)).toEqual({ next: 'look-again', afterMs: 2_000 });
    isShort = true;
    expect(await step(set.app.ports, story)).toEqual({ next: 'look-again', afterMs: 17_000 });
  });

  test('come back to us at once: the SDK does not wait out a 429 within a call', async () => {
    let asked = 0;
    const server = await serve(
      () => {
        asked += 1;
        return { status: 429, headers: { 'retry-after': '600' } };
      },
      { port: 0, onError: () => undefined },
    );
    try {
      const credential = { getToken: () => Promise.resolve(null) };
      const { reading } = aciClients(new URL(server.origin), 'subscription', credential);
      await expect(reading.containerGroups.get('group', 'name')).rejects.toMatchObject({ statusCode: 429 });
      expect(asked).toBe(1);
    } finally {
      await server.close();
    }
  });

  test('a hiccup of the service is still retried within the call', async () => {
    let asked = 0;
    const server = await serve(
      () => {
        asked += 1;
        return asked === 1
          ? { status: 503 }
          : {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: '{"properties":{"containers":[]}}',
            };
      },
      { port: 0, onError: () => undefined },
    );
    try {
      const credential = { getToken: () => Promise.resolve(null) };
      const { reading } = aciClients(new URL(server.origin), 'subscription', credential);
      await reading.containerGroups.get('group', 'name');
      expect(asked).toBe(2);
    } finally {
      await server.close();
    }
  });
});

describe('the places that share a budget of reads', () => {
  const hold = async (app: TestApp, placement: string, names: number): Promise<void> => {
    const holders = Object.fromEntries(
      Array.from({ length: names }, (_, n) => [`${testJobId(n)}-1`, { cores: 1, since: 0 }]),
    );
    await app.placementRows.write({ placement, holders, recentCreations: [] }, '');
  };

  test('are those of one subscription, read at most once a second', async () => {
    const app = testApp({
      placements: [
        PLACEMENT,
        testPlacement({ name: 'westus2' }),
        testPlacement({ name: 'elsewhere', subscriptionId: 'another' }),
      ],
    });
    await hold(app, 'eastus', 3);
    await hold(app, 'westus2', 4);
    await hold(app, 'elsewhere', 50);
    expect(await heldPlaces(app.ports, 'eastus')).toBe(7);
    const { row, etag } = await app.placementRows.read('eastus');
    await app.placementRows.write({ ...row, holders: {} }, etag);
    expect(await heldPlaces(app.ports, 'eastus')).toBe(7);
    app.pass(1);
    expect(await heldPlaces(app.ports, 'eastus')).toBe(4);
    expect(await heldPlaces(app.ports, 'elsewhere')).toBe(50);
  });

  test('of a placement that is no longer configured are its own', async () => {
    const app = testApp({ placements: [PLACEMENT] });
    await hold(app, 'removed', 2);
    expect(await heldPlaces(app.ports, 'removed')).toBe(2);
  });
});
