import type { Observation } from '../../../domain/ports/compute-backend';
import { advance } from '../../../jobs/attempt/advance';
import { dieEverywhere } from '../../support/app/dying-ports';
import { attemptIn, type TestApp, testApp, withAttempt, withCancel } from '../../support/app/test-app';
import { ABSENT, present } from '../../support/attempts';
import { testJobId } from '../../support/rows';

const STORY = { jobId: testJobId(1), attempt: 1, epoch: 1 };
const PREPARED: Observation = { kind: 'prepared' };

const create = (app: TestApp): Promise<unknown> => advance(app.ports, STORY);

describe('a process that dies anywhere in a create of two calls', () => {
  /** Shows what a platform would: a preparation from its call on, a workload from its create on. */
  function platform(app: TestApp): void {
    app.backend.looks = [ABSENT];
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('prepare')) app.backend.looks = [PREPARED];
      if (asked.startsWith('create')) app.backend.looks = [present()];
    };
  }
  const make = async (): Promise<TestApp> => {
    const app = testApp();
    await withAttempt(app);
    app.backend.preparing({ kind: 'not-yet' }, { kind: 'ready' });
    platform(app);
    return app;
  };
  const act = async (ports: TestApp['ports']): Promise<void> => {
    await advance(ports, STORY);
    await advance(ports, STORY);
  };

  test('leaves one create at most, and its successor prepares with the same instants', async () => {
    const deaths = await dieEverywhere(make, act, async (app, where) => {
      app.pass(30);
      await create(app);
      await create(app);
      const row = await attemptIn(app);
      expect([where, row.intent.kind]).toEqual([where, 'set']);
      expect([where, app.backend.creates.length <= 1]).toEqual([where, true]);
      const instants = new Set([...app.backend.prepares, ...app.backend.creates].map((r) => r.createdAt));
      expect([where, [...instants]]).toEqual([where, [row.preparedAt]]);
    });
    expect(deaths).toBeGreaterThan(15);
  });

  test('leaves nothing that a canceled job does not remove', async () => {
    await dieEverywhere(make, act, async (app, where) => {
      const mayStand = app.backend.prepares.length > 0;
      await withCancel(app);
      await create(app);
      const row = await attemptIn(app);
      if (row.intent.kind === 'set') return; // A create may be under way. The next line looks for it.
      expect([where, row.cleanup]).toEqual([where, row.preparedAt === undefined ? 'gone' : 'due']);
      if (mayStand) expect([where, row.cleanup]).toEqual([where, 'due']);
    });
  });
});
