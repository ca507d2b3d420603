// When the simulation's judge takes a run for over: what stands then is given time to be removed, and no more.
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { endChecks } from '../../../proofs/simulation/checks/end-checks';
import { createRest } from '../../../proofs/simulation/checks/rest';
import { aJudgedRun, type JudgedRun } from './judged-run';

const MINUTE_MS = 60_000;
const STRANGER = { team: 'somebody else' };
/** Past any time that the judge may give: the tags of what is ours end after a day. */
const MOST_MINUTES = 3 * 60;

const ENDS_AT_ONCE = { exitCode: 0, lines: 0, padding: 0, runMs: 0 };

/** Its only job is over, and nothing of it is left to do. */
async function settledRun(): Promise<JudgedRun> {
  const run = await aJudgedRun();
  const gone: Partial<AttemptRow> = { cleanup: 'gone', removalRequestedAt: run.world.now() };
  await run.say({ ...gone, phase: 'archiving', verdict: { kind: 'succeeded', exitCode: 0 } });
  for (const { stores } of run.facts.deployments) {
    const [jobId = ''] = stores.rows.jobIds();
    const read = await stores.jobs.read(jobId);
    if (read === undefined) throw new Error(`The job ${jobId} has no row.`);
    const { row, etag } = read.job;
    const over = { ...row, state: 'over', outcome: 'Succeeded', eventSent: true } as const;
    await stores.jobs.commit(jobId, [{ kind: 'replace-job', row: over, etag }]);
    const place = await stores.placementRows.read('one');
    await stores.placementRows.write({ ...place.row, holders: {} }, place.etag);
  }
  return run;
}

/** For how many minutes the judge lets the run go on; `each` is told of every minute. */
function minutesUntilOver(run: JudgedRun, each: (minute: number) => void = () => undefined): number {
  const rest = createRest(run.facts);
  for (let minute = 0; minute < MOST_MINUTES; minute += 1) {
    if (rest.isOver()) return minute;
    each(minute);
    run.pass(MINUTE_MS);
  }
  return Infinity;
}

test('a run is over when nothing is left to do and nothing of ours stands, after two more minutes', async () => {
  expect(minutesUntilOver(await settledRun())).toBe(2);
});

test('what strangers made keeps no run going', async () => {
  const run = await settledRun();
  run.cloud.makeByHand(run.name, STRANGER);
  expect(minutesUntilOver(run)).toBe(2);
});

test('a run goes on while a preparation stands that came late, and is whole when it is removed', async () => {
  const run = await settledRun();
  const define = (): void => void run.other.define('our', run.name, run.definition(ENDS_AT_ONCE));
  const undefine = (): void => void run.other.undefine('our', run.name);
  const over = minutesUntilOver(run, (minute) => {
    if (minute === 1) define();
    if (minute === 6) undefine();
  });
  expect(over).toBeGreaterThan(8);
  await endChecks(run.facts);
  expect(run.fallen).not.toContain('L2');
});

test('what nobody removes is a leak', async () => {
  const run = await settledRun();
  run.other.define('our', run.name, run.definition(ENDS_AT_ONCE));
  expect(minutesUntilOver(run)).toBeLessThan(60);
  await endChecks(run.facts);
  expect(run.fallen).toContain('L2');
});
