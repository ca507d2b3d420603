// Each way in which an attempt becomes gone writes what it cost in that very write.
import { jobView } from '../../../api/views/job-view';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { FinalCost } from '../../../domain/money/cost';
import { advance } from '../../../jobs/attempt/advance';
import { cancel } from '../../../jobs/job/cancel';
import { pricingNow } from '../../../jobs/placement/billing';
import { attemptIn, rowsOf, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { FOREIGN } from '../../support/attempts';
import { generousFacts } from '../../support/generous-facts';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';

const JOB = testJobId(1);
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };
const OVER = { state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR, eventSent: true } as const;
const NOTHING: Partial<FinalCost> = { amount: 0, billedMs: 0 };
const priced = (V100: number): TestApp => testApp({ placements: [testPlacement({ prices: { V100 } })] });

/** An attempt that was pulled at NEW_YEAR and whose removal was asked for. */
const REMOVING: Partial<AttemptRow> = {
  intent: { kind: 'set', nonce: 'n', at: NEW_YEAR },
  seen: true,
  phases: { pulling: NEW_YEAR },
  verdict: { kind: 'succeeded', exitCode: 0 },
  phase: 'archiving',
  cleanup: 'requested',
  removalRequestedAt: NEW_YEAR,
  deleteSentAt: NEW_YEAR,
};

test('the removal, when it finds the workload gone', async () => {
  const app = priced(3);
  await withAttempt(app, REMOVING, OVER);
  app.pass(1_800);
  await advance(app.ports, STORY);
  // Half an hour of one V100 at 3 dollars.
  expect(await attemptIn(app)).toMatchObject({
    cleanup: 'gone',
    cost: { currency: 'USD', amount: 1.5, prices: [{ of: 'V100', perHour: 3, quantity: 1 }] },
  });
});

test('the removal of what its backend bills until the program ends', async () => {
  const facts = generousFacts();
  const bills = { from: 'running', until: 'ended', of: 'workload' } as const;
  const app = testApp({
    placements: [testPlacement({ prices: { V100: 3 } })],
    factsOf: () => ({ ...facts, traits: { ...facts.traits, bills } }),
  });
  const minute = (n: number): number => NEW_YEAR + n * 60_000;
  const phases = { pulling: NEW_YEAR, running: minute(10) };
  await withAttempt(app, { ...REMOVING, phases, endedAt: minute(20) }, OVER);
  app.pass(1_800);
  await advance(app.ports, STORY);
  // Ten minutes of one V100 at 3 dollars an hour.
  expect(await attemptIn(app)).toMatchObject({ cost: { amount: 0.5, billedMs: 600_000 } });
});

test('a create that is refused', async () => {
  const app = priced(3);
  await withAttempt(app, {}, { state: 'active' });
  app.backend.answer = { kind: 'refused', reason: reason('capacity', 'no GPUs today') };
  await advance(app.ports, STORY);
  expect(await attemptIn(app)).toMatchObject({ cleanup: 'gone', cost: NOTHING });
});

test('a name that something else holds', async () => {
  const app = priced(3);
  await withAttempt(app, {}, { state: 'active' });
  app.backend.looks = [FOREIGN];
  await advance(app.ports, STORY);
  expect(await attemptIn(app)).toMatchObject({ cleanup: 'gone', cost: NOTHING });
});

test('an end before its create', async () => {
  const app = priced(3);
  await withAttempt(app, {}, { state: 'active' });
  await cancel(app.ports, JOB);
  await advance(app.ports, STORY);
  expect(await attemptIn(app)).toMatchObject({ cleanup: 'gone', cost: NOTHING });
});

test('what a job has cost is the same under every later configuration', async () => {
  const app = priced(3);
  await withAttempt(app, REMOVING, OVER);
  app.pass(1_800);
  await advance(app.ports, STORY);
  const told = jobView(await rowsOf(app), pricingNow(app.ports, app.ports.clock.now())).cost;
  expect(told).toEqual({ currency: 'USD', amount: 1.5, estimated: true });
  app.pass(86_400);
  for (const placements of [[testPlacement({ prices: { V100: 300 } })], [testPlacement()], []])
    expect(
      jobView(await rowsOf(app), pricingNow({ ...app.ports, placements }, app.ports.clock.now())).cost,
    ).toEqual(told);
});
