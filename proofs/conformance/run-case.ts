// Plays one case on an engine of its own and compares the result with the recording.
import { EVENT_TYPE, eventTypeName } from '../../standins/durable/history/event-type';
import type { DurableInvoker } from '../../standins/durable/worker/invoker';
import type { AppTime } from './app-time';
import type { CaseFile } from './case-file';
import { differences } from './compare';
import { createNormaliser } from './normalise';
import { observe } from './observe';
import { perform } from './perform';
import { relabel } from './relabel';
import { createStage, HUB, KEY, ORIGIN } from './stage';

/**
 * Virtual milliseconds between the last step and the look at what is left. An activity whose result no orchestration
 * awaits ends within them.
 */
const REST_MS = 300;

/** The differences between the recording and our engine; empty if there are none. */
export async function runCase(recorded: CaseFile, app: DurableInvoker, appTime: AppTime): Promise<string[]> {
  const stage = await createStage(app, appTime);
  try {
    const steps = await perform(stage, recorded.steps);
    await stage.pass(REST_MS);
    const observed = await observe(stage, instanceOf(recorded), steps);
    const normal = createNormaliser({ origin: ORIGIN, hub: HUB, key: KEY })(observed);
    return compareCase(recorded, normal as Comparable, stage.recorder.hadParallelActivities());
  } finally {
    await stage.stop();
  }
}

type Episode = Record<string, unknown>;

/** A normalised recording. */
export interface Comparable {
  readonly episodes: readonly Episode[];
  readonly activities: readonly unknown[];
  readonly history: unknown;
  readonly statusHistory: unknown;
  readonly otherInstances?: unknown;
  readonly steps: readonly unknown[];
  readonly final: unknown;
}

/** Compares everything that a case file holds. Activities that ran at the same time may have ended in any order. */
export function compareCase(recorded: CaseFile, ours: Comparable, inParallel: boolean): string[] {
  const recordedEpisodes = byInstance(recorded.episodes);
  const ourEpisodes = byInstance(ours.episodes);
  const cut = Object.fromEntries(
    Object.entries(ourEpisodes).map(([instance, episodes]) => [
      instance,
      episodes.map((episode, index) => cutLike(episode, recordedEpisodes[instance]?.[index])),
    ]),
  );
  const order = (activities: readonly unknown[]): readonly unknown[] =>
    inParallel ? activities.map((each) => JSON.stringify(each)).sort() : activities;
  return differences(
    relabel({ ...pick(recorded), episodes: recordedEpisodes, activities: order(recorded.activities) }),
    relabel({ ...pick(ours), episodes: cut, activities: order(ours.activities) }),
  );
}

function pick(recording: Omit<Comparable, 'episodes' | 'activities'>): Record<string, unknown> {
  const { history, statusHistory, otherInstances, steps, final } = recording;
  return { history, statusHistory, otherInstances, steps, final };
}

/**
 * Groups episodes by instance, because how those of several instances interleave is a matter of timing. Instances are
 * named without the numbers of labels.
 */
function byInstance(episodes: readonly Episode[]): Record<string, Episode[]> {
  const names = new Map<string, string>();
  const twins = new Map<string, number>();
  const groups: Record<string, Episode[]> = {};
  for (const episode of episodes) {
    const instance = String(episode['instance']);
    let name = names.get(instance);
    if (name === undefined) {
      const plain = instance.replace(/<exec\d+>/g, '<exec>');
      const count = (twins.get(plain) ?? 0) + 1;
      twins.set(plain, count);
      name = count === 1 ? plain : `${plain} (${count})`;
      names.set(instance, name);
    }
    (groups[name] ??= []).push(episode);
  }
  return groups;
}

/**
 * Cuts an episode to what the recording kept. A long recording keeps of most episodes only how many events came in and
 * how many actions went out.
 */
function cutLike(episode: Episode, recorded: Episode | undefined): Episode {
  if (recorded === undefined || !('inputEventCounts' in recorded)) return episode;
  const { instance, generation, episode: number } = episode;
  const output = stateIn(episode['output']);
  const actions: unknown = output['actions'];
  return {
    instance,
    generation,
    episode: number,
    inputEventCounts: countEvents(episode['input']),
    outputActionCount: Array.isArray(actions) && Array.isArray(actions[0]) ? actions[0].length : 0,
    isDone: output['isDone'],
  };
}

function stateIn(output: unknown): Record<string, unknown> {
  const state = record(output);
  return 'outOfProcData' in state ? record(state['outOfProcData']) : state;
}

function countEvents(input: unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  const history = record(input)['history'];
  for (const event of Array.isArray(history) ? history : []) {
    const type = record(event)['EventType'];
    const name = eventTypeName(typeof type === 'number' ? type : EVENT_TYPE.GenericEvent);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function instanceOf({ name, steps }: CaseFile): string {
  for (const step of steps) if (step.do === 'start') return step.instanceId;
  throw new Error(`Case "${name}" starts nothing.`);
}
