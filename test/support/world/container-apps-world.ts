// The test world with a placement on Container Apps that jobs try first: the genuine client, the stand-in, its ledger.
import type { JobView } from '../../../api/jobs';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { workloadName } from '../../../domain/job/names';
import type { JobSpec } from '../../../domain/spec/job-spec';
import type { Fault } from '../../../standins/container-apps/faults/fault';
import type { ContainerAppsLedger } from '../../../standins/container-apps/ledger';
import type { VirtualTime } from '../../../standins/kernel/virtual-time';
import {
  type ContainerAppsStage,
  setContainerAppsStage,
  type StageParts,
} from '../../backends/container-apps/container-apps-stage';
import { attemptIn, onCommit } from '../app/test-app';
import { createTestWorld, type Regions, type TestWorld, type WorldParts } from './test-world';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface AppsParts extends Omit<StageParts, 'time'>, Pick<WorldParts, 'around'> {
  /** Armed before any job. */
  readonly faults?: readonly Fault[];
  /** Placements that jobs try after Container Apps. */
  readonly others?: NonNullable<WorldParts['elsewhere']>;
  /** Regions of Container Instances, tried last. */
  readonly regions?: Regions;
}

export interface AppsWorld extends Omit<TestWorld, 'submit'> {
  readonly stage: ContainerAppsStage;
  /** Submits a job without a GPU; its key is its name. */
  submit(spec?: Partial<JobSpec>, key?: string): Promise<string>;
  /** What the ledger has of one attempt. */
  ledgerOf(jobId: string, attempt?: number): AttemptLedger;
  /** What the attempt's cleanup was stored as, one after the other. */
  cleanups(jobId: string, attempt?: number): readonly AttemptRow['cleanup'][];
  /** The attempt's row as it is stored. */
  row(jobId: string, attempt?: number): Promise<AttemptRow>;
  /** As a person in the portal: a request of the attempt's definition. `path`: what follows its name. */
  byHand(method: string, jobId: string, path?: string): Promise<number>;
}

/** What came of an attempt, by the service's own record. */
interface AttemptLedger {
  readonly puts: number;
  readonly starts: number;
  readonly executions: ContainerAppsLedger['executions'];
  readonly programs: ContainerAppsLedger['programs'];
}

export const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;
export const isGone = (job: JobView): boolean =>
  isOver(job) && job.attempts.every(({ cleanup }) => cleanup === 'gone');

export async function createAppsWorld(parts: AppsParts = {}): Promise<AppsWorld> {
  const { faults = [], others = () => [], regions = {}, around, ...staged } = parts;
  const made: { stage?: ContainerAppsStage } = {};
  const elsewhere = (time: VirtualTime): ReturnType<NonNullable<WorldParts['elsewhere']>> => {
    const stage = setContainerAppsStage({ ...staged, time });
    made.stage = stage;
    return [{ placement: stage.configured, backend: stage.backend, facts: stage.facts }, ...others(time)];
  };
  const world = await createTestWorld(regions, { elsewhere, ...(around && { around }) });
  const { stage } = made;
  if (stage === undefined) throw new Error('The world was made without Container Apps.');
  for (const fault of faults) injected(stage, fault);
  const stored = storedRows(world);
  return {
    ...world,
    stage,
    submit: (spec = {}, key = 'key') => world.submit({ image: 'example/program:1', ...spec }, key),
    cleanups: (jobId, attempt = 1) => [
      ...new Set(
        stored.filter((row) => row.jobId === jobId && row.number === attempt).map(({ cleanup }) => cleanup),
      ),
    ],
    row: (jobId, attempt = 1) => attemptIn(world.app, attempt, jobId),
    ledgerOf: (jobId, attempt = 1) => ledgerOf(stage, workloadName(jobId, attempt)),
    byHand: async (method, jobId, path = '') => {
      const { subscriptionId, resourceGroup } = stage.configured;
      const job = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.App/jobs/${workloadName(jobId, 1)}`;
      const answer = await stage.standIn.handle({
        method,
        url: new URL(`${job}${path}?api-version=2026-07-01`, 'https://management.azure.com'),
        headers: {},
        body: Buffer.alloc(0),
      });
      return answer.status;
    },
  };
}

/** Every state of every attempt's row, as it is written. */
function storedRows({ app }: TestWorld): readonly AttemptRow[] {
  const stored: AttemptRow[] = [];
  onCommit(app, async (_n, write, changes) => {
    const written = await write();
    if (written === 'done')
      for (const change of changes) if (change.kind === 'replace-attempt') stored.push(change.row);
    return written;
  });
  return stored;
}

/** Lets a fault happen; throws where it can't. */
function injected({ standIn }: ContainerAppsStage, fault: Fault): void {
  const refusal = standIn.inject(fault);
  if (refusal !== undefined) throw new Error(refusal);
}

function ledgerOf({ standIn }: ContainerAppsStage, name: string): AttemptLedger {
  const { puts, starts, executions, programs } = standIn.ledger();
  return {
    puts: puts.filter(({ job }) => job === name).length,
    starts: starts.filter(({ job }) => job === name).length,
    executions: executions.filter(({ job }) => job === name),
    programs: programs.filter(({ job }) => job === name),
  };
}
