// The stage of the contract of compute backends: a service whose time the test moves or waits for, and a backend over
// it.
import type { BackendFacts } from '../../domain/backend/backend-facts';
import type {
  ComputeBackend,
  CreateAnswer,
  CreateRequest,
  PrepareAnswer,
  Workload,
  WorkloadRef,
} from '../../domain/ports/compute-backend';
import type { JobSpec } from '../../domain/spec/job-spec';
import { NEW_YEAR, testJobId } from '../support/rows';

export interface BackendStage {
  readonly backend: ComputeBackend;
  readonly facts: BackendFacts;
  /** The same service as another deployment sees it. That deployment's workloads stand beside ours. */
  readonly placement: string;
  /** Lets so many milliseconds pass: virtual ones, or real ones where the service keeps its own time. */
  readonly advance: (ms: number) => void | Promise<void>;
  /** A job whose create is two calls; left out where there is none. */
  readonly preparing?: PreparingJob;
  /** Long enough for a preparation to be done, milliseconds. */
  readonly untilReady: number;
  /** Long enough for a workload to be provisioned and pulled, milliseconds. */
  readonly untilRunning: number;
  /** How long its program then runs, milliseconds; it prints `hello` at its start and exits 0. */
  readonly runs: number;
  /** How far the length of a run may be off where the service tells instants in whole seconds; else 0, milliseconds. */
  readonly instantsWithin?: number;
  /** Long enough for one step of a removal to have its effect, milliseconds. */
  readonly untilGone: number;
  /** How many creates the service has been sent, whatever it answered. */
  readonly creates: () => number;
  /** How many program starts the service has seen. */
  readonly starts: () => number | Promise<number>;
  /** The command line of the last one; empty: the image's own. */
  readonly commandLine: () => readonly string[] | Promise<readonly string[]>;
  /** What the image runs by itself. */
  readonly entrypoint: readonly string[];
  /** A job that the service refuses as invalid. */
  readonly invalid: JobSpec;
  /** From now on the service refuses every create. */
  readonly refuseCreates: () => void | Promise<void>;
  /** Why what a program prints can't be tried here; left out where it can. */
  readonly noLogs?: string;
}

export interface PreparingJob {
  readonly spec: JobSpec;
  /** Values of its secret variables. */
  readonly secrets: Readonly<Record<string, string>>;
}

export const SPEC: JobSpec = { image: 'example/program:1' };
export const TOO_LARGE: JobSpec = { ...SPEC, resources: { cpu: 500, memoryGb: 1 } };
/** The most steps that a removal takes: stop, wait, delete, wait. */
const MOST_STEPS = 5;

export function refOn(stage: BackendStage, n = 1, owner = 'owner1'): WorkloadRef {
  return {
    name: `${testJobId(n)}-1`,
    placement: stage.placement,
    owner,
    jobId: testJobId(n),
    attempt: 1,
  };
}

export function requestOf(
  ref: WorkloadRef,
  spec = SPEC,
  secrets: PreparingJob['secrets'] = {},
): CreateRequest {
  return {
    ref,
    spec,
    secrets,
    createdAt: NEW_YEAR + 999,
    expiresAt: NEW_YEAR + 60_001,
    timeoutMs: 10_000,
  };
}

/** Makes the preparation, until it is done or refused; undefined if the backend needs none. */
export async function prepared(
  stage: BackendStage,
  request: CreateRequest,
): Promise<PrepareAnswer | undefined> {
  const { backend } = stage;
  const answer = await backend.prepare?.(request);
  if (answer?.kind !== 'not-yet') return answer;
  await stage.advance(stage.untilReady);
  return backend.prepare?.(request);
}

/** Makes the preparation and the create. Returns a refusal of either. */
export async function created(
  stage: BackendStage,
  ref: WorkloadRef,
  spec = SPEC,
  secrets: PreparingJob['secrets'] = {},
): Promise<CreateAnswer | PrepareAnswer> {
  const request = requestOf(ref, spec, secrets);
  const preparation = await prepared(stage, request);
  if (preparation?.kind === 'refused') return preparation;
  return stage.backend.create(request);
}

export async function shownOn(stage: BackendStage, ref: WorkloadRef): Promise<Workload> {
  const observation = await stage.backend.observe(ref);
  if (observation.kind !== 'present') throw new Error(`the workload is ${observation.kind}`);
  return observation.workload;
}

/** Removes step by step until the name is absent. Returns what was sent. Throws if it never is. */
export async function removedOn(stage: BackendStage, ref: WorkloadRef): Promise<string[]> {
  const sent: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const answer = await stage.backend.remove(ref);
    if (answer.sent !== 'nothing') sent.push(answer.sent);
    await stage.advance(stage.untilGone);
    if ((await stage.backend.observe(ref)).kind === 'absent') return sent;
  }
  throw new Error(`${ref.name} still stands after ${MOST_STEPS} steps of its removal`);
}
