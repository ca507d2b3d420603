// Stands between the Durable engine and the app, answers the activities by a script, and times each episode.
import { z } from 'zod';

import type { StepResult } from '../../orchestrations/activity-contract';
import type { DurableInvoker } from '../../standins/durable/worker/invoker';
import type { InvocationResult } from '../../standins/functions-host/app/function-app';
import { summarise } from './summarise';

export interface StoryMeasure {
  readonly polls: number;
  readonly episodes: number;
  /** Milliseconds of the first episode, which also loads and compiles the app's code. */
  readonly firstMs: number;
  /** The median of the other episodes, milliseconds: the replay of the history and the new step. */
  readonly medianMs: number;
  readonly longestMs: number;
  /** How many episodes took more than `SLOW_MS` when they first ran. */
  readonly slow: number;
  /**
   * The longest episode without the machine's pauses, milliseconds. Each episode that took over half of `SLOW_MS` runs
   * again with the same history, and its shortest run counts.
   */
  readonly longestUndisturbedMs: number;
  /** Bytes of the largest history that was replayed, as the JSON that the worker gets. */
  readonly largestHistoryBytes: number;
}

export interface StoryMeter {
  readonly invoker: DurableInvoker;
  /** Whether an invocation is under way. */
  isBusy(): boolean;
  /** Whether the story's last activity has been answered and its last episode is over. */
  isOver(): boolean;
  measure(): StoryMeasure;
}

/** A replay that takes longer counts as slow, milliseconds. */
export const SLOW_MS = 5;
/**
 * How often a long episode is run again. A pause of the machine does not fall on each run; a slow replay is slow in
 * each.
 */
const RUNS_AGAIN = 5;

const trigger = z.object({ history: z.array(z.unknown()) });

/** What follows the last look at once: the archive, the request for the removal, the settling with what ends it. */
const ENDING_STEPS = 3;

/** The story creates, looks `polls` times, every `everyMs`, and ends. */
export function createStoryMeter(app: DurableInvoker, polls: number, everyMs: number): StoryMeter {
  const episodesMs: number[] = [];
  const undisturbedMs: number[] = [];
  let largestHistoryBytes = 0;
  let underWay = 0;
  let looks = 0;
  let isOver = false;

  const script = (function* (): Generator<StepResult, StepResult> {
    yield { next: 'go-on' };
    for (looks = 1; looks < polls; looks += 1) yield { next: 'look-again', afterMs: everyMs };
    for (let step = 0; step < ENDING_STEPS; step += 1) yield { next: 'go-on' };
    isOver = true;
    return { next: 'stop' };
  })();

  const invoker: DurableInvoker = {
    ...app,
    runActivity: () => Promise.resolve(success(JSON.stringify(script.next().value))),
    runOrchestrator: async (name, input) => {
      const { history } = trigger.parse(JSON.parse(input.string ?? ''));
      largestHistoryBytes = Math.max(largestHistoryBytes, Buffer.byteLength(JSON.stringify(history)));
      underWay += 1;
      try {
        const { result, ms } = await timed(() => app.runOrchestrator(name, input));
        if (result.status === 'failure') throw new Error(`The story failed: ${result.message}`);
        episodesMs.push(ms);
        const again: number[] = [];
        while (ms > SLOW_MS / 2 && again.length < RUNS_AGAIN)
          again.push((await timed(() => app.runOrchestrator(name, input))).ms);
        undisturbedMs.push(Math.min(ms, ...again));
        return result;
      } finally {
        underWay -= 1;
      }
    },
  };
  return {
    invoker,
    isBusy: () => underWay > 0,
    isOver: () => isOver && underWay === 0,
    measure: () => {
      const [first = 0, ...others] = episodesMs;
      const { median, longest } = summarise(others);
      return {
        polls: looks,
        episodes: episodesMs.length,
        firstMs: first,
        medianMs: median,
        longestMs: longest,
        slow: others.filter((ms) => ms > SLOW_MS).length,
        longestUndisturbedMs: summarise(undisturbedMs.slice(1)).longest,
        largestHistoryBytes,
      };
    },
  };
}

async function timed<T>(run: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const begun = performance.now();
  const result = await run();
  return { result, ms: performance.now() - begun };
}

function success(json: string): InvocationResult {
  return { status: 'success', returnValue: { json }, outputs: [] };
}
