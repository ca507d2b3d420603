// One round: jobs are submitted while the host is killed, then left in peace until all is over, then judged.
import type { Random } from '../../standins/kernel/random';
import { crashJobs } from './crash-job';
import type { CrashStack } from './crash-stack';
import { evidenceOf } from './evidence';
import { killWhileCompleting } from './kill-completing';
import { killAsPlanned, planKills } from './kills';
import { gatherFacts, markRound, type RoundFacts } from './round-facts';
import { submitJobs } from './submit-jobs';
import { untilSettled } from './until-settled';
import { givenUp, type Violation, violationsOf } from './violations';

export interface RoundReport {
  readonly round: number;
  readonly tookMs: number;
  readonly kills: number;
  /** How many of the kills came before the host was up. */
  readonly killsAtStart: number;
  /** How many logs were being completed at the last kill. */
  readonly logsAtKill: number;
  /** Submissions by HTTP that had to be repeated. */
  readonly repeats: number;
  readonly jobs: number;
  readonly creates: number;
  /** How many of them were sent to each platform. */
  readonly createsOn: RoundFacts['createsOn'];
  readonly programs: number;
  /** Attempts that ended because of a kill between intent and create. */
  readonly givenUp: number;
  /** Attempts that a second or later orchestration ended. */
  readonly takenOver: number;
  readonly printedBytes: number;
  /** Logs that admit a gap. */
  readonly logsWithGaps: number;
  /** Logs that were completed from their platform's store. */
  readonly wholeLogs: number;
  readonly violations: readonly Violation[];
  /** The evidence as text; empty for a good round. */
  readonly evidence: string;
}

const JOBS_A_ROUND = 20;
/**
 * The most milliseconds until a round must be over. It takes some ten seconds; one that takes longer than this hangs.
 */
const SETTLED_WITHIN_MS = 120_000;

/** Runs a round. `run` marks this run's programs. Rejects when the stack itself fails. */
export async function runRound(
  crash: CrashStack,
  run: string,
  round: number,
  random: Random,
): Promise<RoundReport> {
  const begun = performance.now();
  const jobs = crashJobs(run, round, JOBS_A_ROUND, random);
  const kills = planKills(random);
  const since = await markRound(crash);
  const [repeats] = await Promise.all([submitJobs(crash, jobs), killAsPlanned(crash.stack, kills)]);
  const { settled, logsAtKill } = await leftInPeace(crash, random);
  const facts = await gatherFacts(crash, run, jobs, since);
  const violations = [
    ...violationsOf(facts),
    ...(settled ? [] : [{ what: `not all was over within ${SETTLED_WITHIN_MS / 1000} s` }]),
  ];
  return {
    round,
    tookMs: performance.now() - begun,
    kills: kills.length + (logsAtKill === 0 ? 0 : 1),
    killsAtStart: kills.filter(({ from }) => from === 'starting').length,
    logsAtKill,
    repeats,
    jobs: facts.jobs.length,
    creates: facts.ledger.creates.length,
    createsOn: facts.createsOn,
    programs: facts.ledger.programs.length,
    givenUp: facts.jobs.reduce((sum, job) => sum + givenUp(job), 0),
    takenOver: await takenOver(crash, facts),
    printedBytes: facts.ledger.programs.reduce((sum, { bytes }) => sum + bytes, 0),
    logsWithGaps: [...facts.logs.values()].filter(({ gaps }) => gaps.length > 0).length,
    wholeLogs: [...facts.logs.values()].filter(({ whole }) => whole !== undefined).length,
    violations,
    evidence: violations.length === 0 ? '' : await evidenceOf(crash, facts, violations),
  };
}

/** Until all is over, but for one kill while logs are completed. */
async function leftInPeace(
  crash: CrashStack,
  random: Random,
): Promise<{ settled: boolean; logsAtKill: number }> {
  let isOver = false;
  const waiting = untilSettled(crash, SETTLED_WITHIN_MS).finally(() => {
    isOver = true;
  });
  const [settled, logsAtKill] = await Promise.all([
    waiting,
    killWhileCompleting(crash, random, () => isOver),
  ]);
  return { settled, logsAtKill };
}

async function takenOver({ jobs }: CrashStack, facts: RoundFacts): Promise<number> {
  const records = await Promise.all(facts.jobs.map(({ id }) => jobs.read(id)));
  return records.flatMap((read) => read?.attempts ?? []).filter(({ row }) => row.epoch > 1).length;
}
