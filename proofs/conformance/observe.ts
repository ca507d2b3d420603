// Reads what is left after a case's steps, in the form of the recordings.
import type { CaseFile } from './case-file';
import { finalOf, instancePath } from './perform';
import { bodyOf, type Stage } from './stage';
import { storedHistory } from './stored-history';

/** What a recording holds besides its description, in the order in which it is normalised. */
export type Recording = Pick<
  CaseFile,
  'episodes' | 'activities' | 'history' | 'statusHistory' | 'otherInstances' | 'steps' | 'final'
>;

export async function observe(
  stage: Stage,
  instanceId: string,
  steps: readonly unknown[],
): Promise<Record<keyof Recording, unknown>> {
  const { episodes, activities } = stage.recorder;
  const shown = await stage.call({
    method: 'GET',
    path: `${instancePath(instanceId)}?showHistory=true&showHistoryOutput=true`,
  });
  const body = bodyOf(shown);
  const others = [...new Set(episodes.map(({ instance }) => instance))].filter((id) => id !== instanceId);
  const otherInstances: Record<string, unknown> = {};
  for (const id of others)
    otherInstances[id] = { final: await finalStatus(stage, id), history: historyOf(stage, id) };
  return {
    episodes,
    activities,
    history: historyOf(stage, instanceId),
    statusHistory: shown.status < 400 ? eventsOf(body) : { unavailable: body },
    otherInstances: others.length === 0 ? undefined : otherInstances,
    steps,
    final: await finalStatus(stage, instanceId),
  };
}

async function finalStatus(stage: Stage, instanceId: string): Promise<unknown> {
  return finalOf(bodyOf(await stage.call({ method: 'GET', path: instancePath(instanceId) })));
}

function historyOf({ engine }: Stage, instanceId: string): unknown {
  const row = engine.store.row(instanceId);
  return row === undefined ? [] : storedHistory(engine.store.history(row));
}

function eventsOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'historyEvents' in body ? body.historyEvents : null;
}
