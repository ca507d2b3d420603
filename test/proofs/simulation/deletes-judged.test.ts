// What the simulation's judge says of deletes: which it excuses, and which beside them still break a promise.
import { nameTaken } from '../../../domain/attempt/after-look';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { Verdict } from '../../../domain/job/outcome';
import { endChecks } from '../../../proofs/simulation/checks/end-checks';
import { aJudgedRun, type JudgedRun } from './judged-run';

const STRANGER = { team: 'somebody else' };
/** The program of a new group runs for a minute. After this time it runs. */
const RUNNING_MS = 30_000;
/** Long enough for that program to be over, and for a deleted group to be gone. */
const SETTLED_MS = 10 * 60_000;
/** Long enough for a definition to be ready. */
const DEFINED_MS = 5 * 60_000;
/** The plan of the run's job allows its attempt twenty minutes to come up. */
const PAST_PROVISIONING_MS = 25 * 60_000;
const ENDLESS = { exitCode: 0, lines: 0, padding: 0 };

function exited(run: JudgedRun, exitCode: number): Partial<AttemptRow> {
  return failed(run, { kind: 'failed', reason: reason('exit-code', `Exit code ${exitCode}.`), exitCode });
}

function failed(run: JudgedRun, verdict: Verdict): Partial<AttemptRow> {
  const now = run.world.now();
  return {
    verdict,
    phase: 'archiving',
    phaseSince: now,
    phases: { provisioning: run.world.startedAt, archiving: now },
  };
}

describe('S7, a group under our name that a person made by hand', () => {
  test('may be taken by a create whose look came before it, and is the job’s from then on', async () => {
    const run = await aJudgedRun();
    expect(run.look()).toBe(404);
    run.cloud.makeByHand(run.name, STRANGER);
    run.pass(SETTLED_MS);
    expect(run.create()).toBe(200);
    run.pass(SETTLED_MS);
    await run.say(exited(run, 1));
    expect(run.remove()).toBe(200);
    run.pass(SETTLED_MS);
    expect(run.facts.cloud.exists(run.name)).toBe(false);
    expect(run.fallen).toEqual([]);
  });

  test('is not to be left behind once a create has taken it', async () => {
    const run = await aJudgedRun();
    run.look();
    run.cloud.makeByHand(run.name, STRANGER);
    run.pass(SETTLED_MS);
    run.create();
    await endChecks(run.facts);
    expect(run.fallen).toContain('L2');
  });

  test('is not to be deleted while it runs for the job that has taken it', async () => {
    const run = await aJudgedRun();
    run.look();
    run.cloud.makeByHand(run.name, STRANGER);
    run.pass(SETTLED_MS);
    run.create();
    run.pass(RUNNING_MS);
    run.remove();
    expect(run.fallen).toEqual(['S3']);
  });

  test.each([
    { told: 'foreign', createIs: 'after', falls: [] },
    { told: 'absent', createIs: 'after', falls: ['S3'] },
    { told: 'foreign', createIs: 'before', falls: ['S3'] },
  ] as const)(
    'may be taken late from a stranger that a look had shown, but only then: $told, $createIs the verdict',
    async ({ told, createIs, falls }) => {
      const run = await aJudgedRun();
      run.look();
      run.cloud.makeByHand(run.name, STRANGER);
      run.pass(SETTLED_MS);
      if (createIs === 'before') run.create();
      run.pass(RUNNING_MS);
      await run.tell({ kind: told });
      await run.say(failed(run, nameTaken()));
      if (createIs === 'after') run.create();
      run.remove();
      expect(run.fallen).toEqual(falls);
    },
  );

  test('is not to be touched where the look showed it', async () => {
    const run = await aJudgedRun();
    run.cloud.makeByHand(run.name, STRANGER);
    run.pass(SETTLED_MS);
    expect(run.look()).toBe(200);
    run.create();
    run.remove();
    expect(run.fallen).toEqual(['S7', 'S7']);
  });

  test('is not to be touched where only an earlier look did not show it', async () => {
    const run = await aJudgedRun();
    run.look();
    run.cloud.makeByHand(run.name, STRANGER);
    run.pass(SETTLED_MS);
    run.look();
    run.create();
    expect(run.fallen).toEqual(['S7']);
  });

  test('is not to be deleted where the create that met it was refused', async () => {
    const run = await aJudgedRun();
    run.look();
    run.cloud.makeByHand(run.name, STRANGER);
    run.pass(RUNNING_MS);
    expect(run.create(2)).toBe(400); // The processors that it asks for can't be updated.
    expect(run.fallen).toEqual([]);
    run.remove();
    run.pass(SETTLED_MS);
    await endChecks(run.facts);
    expect(run.fallen.filter((code) => code === 'S7')).toHaveLength(2); // Once at the delete and once at rest.
  });
});

describe('S7, a definition under our name that a person made by hand', () => {
  test('may be taken by a preparation whose look came before it, and not by any other', async () => {
    const [late, early] = [await aJudgedRun(), await aJudgedRun()];
    late.other.record.looked('process', late.name, true);
    for (const run of [late, early]) {
      run.pass(1_000);
      run.other.makeByHand(run.name, STRANGER);
      run.pass(1_000);
    }
    early.other.record.looked('process', early.name, false);
    for (const run of [late, early]) {
      run.other.record.preparationSent('our', 'process', run.name);
      run.other.define('our', run.name, run.definition(ENDLESS));
      await run.say(exited(run, 1));
      run.other.undefine('our', run.name);
    }
    expect(late.fallen).toEqual([]);
    expect(early.fallen).toEqual(['S7', 'S7']);
  });
});

describe('S3, a definition whose execution the platform has lost', () => {
  async function started(runMs?: number): Promise<JudgedRun> {
    const run = await aJudgedRun();
    run.other.define('our', run.name, run.definition({ ...ENDLESS, exitCode: 42, runMs }));
    run.pass(SETTLED_MS);
    expect(run.other.start(run.name).ok).toBe(true);
    run.pass(SETTLED_MS);
    return run;
  }

  function loseExecution({ other, name }: JudgedRun): void {
    other.record.lost(name);
    other.service.lose(name, { keepDefinition: true });
  }

  test('runs nothing any more and may be deleted', async () => {
    const run = await started(1_000);
    loseExecution(run);
    await run.say(exited(run, 42));
    run.other.undefine('our', run.name);
    expect(run.fallen).toEqual([]);
  });

  test('is not to be deleted before its attempt has a verdict, if it was never started', async () => {
    const run = await aJudgedRun();
    run.other.define('our', run.name, run.definition(ENDLESS));
    loseExecution(run);
    run.other.undefine('our', run.name);
    expect(run.fallen).toEqual(['S3']);
  });

  test('is unlike one whose program runs, which is not to be stopped', async () => {
    const run = await started();
    const executions = run.other.executions(run.name);
    const [execution] = executions.ok ? executions.body : [];
    await run.say(exited(run, 42));
    run.other.stop('our', run.name, execution?.id ?? '');
    expect(run.fallen).toEqual(['S3']);
  });
});

describe('S3, a workload that waits for a GPU', () => {
  async function removedAfter(waitedMs: number, code: 'capacity' | 'quota' | 'refused'): Promise<JudgedRun> {
    const run = await aJudgedRun();
    run.other.define('our', run.name, run.definition(ENDLESS));
    run.pass(DEFINED_MS);
    expect(run.other.start(run.name).ok).toBe(true);
    run.pass(waitedMs);
    const executions = run.other.executions(run.name);
    const [execution] = executions.ok ? executions.body : [];
    await run.say(failed(run, { kind: 'failed', reason: reason(code, 'No node has room.') }));
    run.other.stop('our', run.name, execution?.id ?? '');
    return run;
  }

  test.each(['capacity', 'quota'] as const)(
    'may be deleted for want of %s past its deadline',
    async (code) => {
      expect((await removedAfter(PAST_PROVISIONING_MS, code)).fallen).toEqual([]);
      expect((await removedAfter(RUNNING_MS, code)).fallen).toEqual(['S3']);
    },
  );

  test('is not to be deleted as refused, which no deadline allows', async () => {
    expect((await removedAfter(PAST_PROVISIONING_MS, 'refused')).fallen).toEqual(['S3']);
  });
});
