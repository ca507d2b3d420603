// What the simulation's judge says of ends: which loss or eviction it believes, and which it does not.
import { reason, type ReasonCode } from '../../../domain/job/failure-reason';
import { checkResult } from '../../../proofs/simulation/checks/result-check';
import { aJudgedRun, type JudgedRun } from './judged-run';

const MINUTE_MS = 60_000;

/** A run whose program runs. */
async function running(): Promise<
  JudgedRun & { readonly program: { stopped(): void; ended(exitCode: number): void } }
> {
  const run = await aJudgedRun();
  run.other.record.created(run.name, { tags: run.tags, variant: undefined, restarted: false });
  run.pass(MINUTE_MS);
  return { ...run, program: run.other.record.started(run.name) };
}

/** What falls when the attempt ends now and says so. */
async function judged(run: JudgedRun, code: ReasonCode, exitCode?: number): Promise<readonly string[]> {
  const now = run.world.now();
  const verdict = { kind: 'failed', reason: reason(code, 'Told.') } as const;
  await run.say({
    verdict: exitCode === undefined ? verdict : { ...verdict, exitCode },
    phase: 'archiving',
    phaseSince: now,
    phases: { provisioning: run.world.startedAt, archiving: now },
  });
  return judgedAgain(run);
}

function judgedAgain({ facts, fallen }: JudgedRun): readonly string[] {
  for (const deployment of facts.deployments)
    for (const jobId of deployment.stores.rows.jobIds()) {
      const view = deployment.stores.rows.view(jobId);
      if (view !== undefined) checkResult(facts, deployment, view);
    }
  return [...fallen];
}

describe('R1, a program that the platform stopped', () => {
  test.each([
    ['exit-code', 143],
    ['killed', 137],
  ] as const)('did not fail by itself: %s', async (code, exitCode) => {
    const run = await running();
    run.program.stopped();
    run.program.ended(exitCode);
    run.pass(MINUTE_MS);
    expect(await judged(run, code, exitCode)).toEqual(['R1']);
  });

  test('is unlike one that ended by itself, with whatever exit code', async () => {
    const run = await running();
    run.program.ended(143);
    run.pass(MINUTE_MS);
    expect(await judged(run, 'exit-code', 143)).toEqual([]);
  });
});

describe('R1, an attempt that says evicted or lost', () => {
  test.each(['evicted', 'lost'] as const)('is believed if its machine was taken before: %s', async (code) => {
    const run = await running();
    run.other.record.disrupted(run.name);
    run.program.stopped();
    run.program.ended(143);
    run.pass(MINUTE_MS);
    expect(await judged(run, code)).toEqual([]);
  });

  test.each(['evicted', 'lost'] as const)('is not believed if nothing happened to it: %s', async (code) => {
    expect(await judged(await running(), code)).toEqual(['R1']);
  });

  test.each(['evicted', 'lost'] as const)(
    'is not believed for what happened afterwards: %s',
    async (code) => {
      const run = await running();
      expect(await judged(run, code)).toEqual(['R1']);
      run.pass(MINUTE_MS);
      run.other.record.disrupted(run.name);
      expect(judgedAgain(run)).toEqual(['R1', 'R1']);
    },
  );

  test.each(['evicted', 'lost'] as const)(
    'is not believed if its own look showed the end: %s',
    async (code) => {
      const [shown, unseen] = [await running(), await running()];
      for (const run of [shown, unseen]) {
        run.program.ended(1);
        run.pass(MINUTE_MS);
        run.other.record.disrupted(run.name);
        run.pass(MINUTE_MS);
      }
      shown.other.record.endShown(shown.name, shown.world.now());
      expect(await judged(shown, code)).toEqual(['R1']);
      expect(await judged(unseen, code)).toEqual([]);
    },
  );
});
