// Runs the app's functions for the Durable service: the orchestrator through the genuine SDK, activities on a host that
// lives.
import { advance } from '../../../jobs/attempt/advance';
import { ADVANCE_ATTEMPT, RUN_ATTEMPT, storySchema } from '../../../orchestrations/activity-contract';
import { runAttempt } from '../../../orchestrations/run-attempt';
import type { DurableInvoker } from '../../../standins/durable/worker/invoker';
import type { InvocationResult } from '../../../standins/functions-host/app/function-app';
import type { Host } from './host';
import { createEpisode, episodeContext } from './sdk-orchestrator';
import type { World } from './world';

export interface InvokerParts {
  readonly world: World;
  /** A host that lives now, if there is one. */
  readonly host: () => Host | undefined;
  readonly stateOf: (jobId: string, attempt: number) => string;
  /** Whether everything that would archive this job's logs fails, for ever. */
  readonly isPoisoned: (jobId: string) => boolean;
  /** After so many milliseconds another host creates the same job's workload too; undefined: no other host does. */
  readonly rivalAfterMs: (jobId: string) => number | undefined;
  /** Does to the instance what a person would do. */
  readonly steer: (instanceId: string, what: 'terminate' | 'suspend' | 'purge') => void;
}

/** A work item comes again after so many milliseconds when its host died. */
const REDELIVERED_AFTER_MS = [1_000, 30_000, 290_000] as const;
const orchestrate = createEpisode(runAttempt);

export function appInvoker(parts: InvokerParts): DurableInvoker {
  return {
    knows: (kind, name) => name === (kind === 'orchestrator' ? RUN_ATTEMPT : ADVANCE_ATTEMPT),
    names: (kind) => [kind === 'orchestrator' ? RUN_ATTEMPT : ADVANCE_ATTEMPT],
    runOrchestrator: (_name, trigger) => runEpisode(parts, trigger.string ?? ''),
    runActivity: (name, input) =>
      name === ADVANCE_ATTEMPT
        ? runActivity(parts, input.string ?? '')
        : Promise.reject(new Error(`No activity ${name}`)),
  };
}

async function runEpisode(
  { world, stateOf, steer }: InvokerParts,
  trigger: string,
): Promise<InvocationResult> {
  const binding = JSON.parse(trigger) as { instanceId: string };
  const { instanceId } = binding;
  const [jobId = '', attempt = ''] = instanceId.split('-');
  const kind = world.plan.at({ call: 'durable.episode', state: stateOf(jobId, Number(attempt)) });
  if (kind === 'fails') {
    world.tell('durable', `the episode of ${instanceId} fails: the orchestration is over`);
    return { status: 'failure', message: 'The function could not be loaded (an injected fault)', stack: '' };
  }
  if (kind === 'terminated' || kind === 'purged' || kind === 'suspended') {
    const what = { terminated: 'terminate', purged: 'purge', suspended: 'suspend' } as const;
    steer(instanceId, what[kind]);
  }
  return resultOf(() => orchestrate(binding, episodeContext(RUN_ATTEMPT)));
}

/** Runs an activity on one host, and on another when that one dies. The first answer counts. */
function runActivity(
  { world, host, stateOf, isPoisoned, rivalAfterMs }: InvokerParts,
  input: string,
): Promise<InvocationResult> {
  const story = storySchema.parse(JSON.parse(input));
  const state = stateOf(story.jobId, story.attempt);
  if (isPoisoned(story.jobId) && state === 'archiving')
    return Promise.resolve({ status: 'failure', message: 'Poisoned (an injected fault)', stack: '' });
  let fault = world.plan.at({ call: 'durable.activity', state });
  if (fault !== undefined)
    world.tell('durable', `fault ${fault} at a step of ${story.jobId}-${story.attempt} (${state})`);
  return new Promise((resolve) => {
    let answered = false;
    const deliver = (): void => {
      if (answered) return;
      const kind = fault; // Only the first delivery meets the fault.
      const on = host();
      if (on === undefined) {
        world.later(5_000, deliver);
        return;
      }
      on.onDeath(() => {
        if (!answered) world.later(world.random.pick(REDELIVERED_AFTER_MS), deliver);
      });
      fault = undefined;
      world.tell(on.life.name, `advances ${story.jobId}-${story.attempt}-${story.epoch} (${state})`);
      const run = resultOf(() => advance(on.ports, story));
      void run.then((result) => {
        if (!on.life.isAlive() || answered || kind === 'hangs') return;
        if (kind === 'crash-after') on.life.crash();
        else {
          answered = true;
          resolve(
            kind === 'fail-after'
              ? { status: 'failure', message: 'The worker was lost.', stack: '' }
              : result,
          );
        }
      });
      if (kind === 'crash-before') world.later(1, () => on.life.crash());
    };
    const isTwice = fault === 'twice';
    deliver();
    if (isTwice) world.later(world.random.int(1, 200_000), deliver);
    const rival = state === 'create' ? rivalAfterMs(story.jobId) : undefined;
    if (rival !== undefined) world.later(rival, deliver);
  });
}

/** The result as the host carries it: JSON, or the error's text. */
async function resultOf(run: () => Promise<unknown>): Promise<InvocationResult> {
  try {
    return { status: 'success', returnValue: { json: JSON.stringify(await run()) }, outputs: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'failure', message, stack: '' };
  }
}
