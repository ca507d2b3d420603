// Stands between the Durable engine and the app: answers the activities by a script, takes the time of each episode.
import { z } from 'zod';

import type { Turn } from '../../orchestrations/activity-contract';
import type { DurableInvoker } from '../durable/invoker';
import type { InvocationResult } from '../functions-host/function-app';
import { summarise } from './summarise';

export interface StoryMeasure {
  readonly polls: number;
  readonly episodes: number;
  /** Milliseconds of the first episode, for which the app's code is still to be loaded and compiled. */
  readonly firstMs: number;
  /** Milliseconds of the other episodes: the replay of the history and the new step. */
  readonly medianMs: number;
  readonly longestMs: number;
  /** Bytes of the largest history that was replayed, as the JSON that the worker gets. */
  readonly largestHistoryBytes: number;
}

export interface StoryMeter {
  readonly invoker: DurableInvoker;
  /** An invocation is under way. */
  isBusy(): boolean;
  /** The last activity of the story has been answered and its last episode is over. */
  isOver(): boolean;
  measure(): StoryMeasure;
}

const trigger = z.object({ history: z.array(z.unknown()) });

/** `observe` is looked at `polls` times, every `everyMs`; every other activity is done at its first call. */
export function createStoryMeter(app: DurableInvoker, polls: number, everyMs: number): StoryMeter {
  const episodesMs: number[] = [];
  let largestHistoryBytes = 0;
  let underWay = 0;
  let looks = 0;
  let removed = false;

  const answer = (activity: string): Turn => {
    if (activity === 'removeWorkload') removed = true;
    if (activity !== 'observeWorkload') return { next: 'go-on' };
    looks += 1;
    return looks < polls ? { next: 'look-again', afterMs: everyMs } : { next: 'go-on' };
  };

  const invoker: DurableInvoker = {
    ...app,
    runActivity: (name) => Promise.resolve(success(JSON.stringify(answer(name)))),
    runOrchestrator: async (name, input) => {
      const { history } = trigger.parse(JSON.parse(input.string ?? ''));
      largestHistoryBytes = Math.max(largestHistoryBytes, Buffer.byteLength(JSON.stringify(history)));
      underWay += 1;
      const begun = performance.now();
      try {
        const result = await app.runOrchestrator(name, input);
        if (result.status === 'failure') throw new Error(`The story failed: ${result.message}`);
        return result;
      } finally {
        episodesMs.push(performance.now() - begun);
        underWay -= 1;
      }
    },
  };
  return {
    invoker,
    isBusy: () => underWay > 0,
    isOver: () => removed && underWay === 0,
    measure: () => {
      const [first = 0, ...others] = episodesMs;
      const { median, longest } = summarise(others);
      return {
        polls: looks,
        episodes: episodesMs.length,
        firstMs: first,
        medianMs: median,
        longestMs: longest,
        largestHistoryBytes,
      };
    },
  };
}

function success(json: string): InvocationResult {
  return { status: 'success', returnValue: { json }, outputs: [] };
}
