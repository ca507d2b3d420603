// Runs the episodes: one at a time for each instance, and a limited number at a time for all.
import type { JournalChange } from '../kernel/journal';
import { beginEpisode, type Generation } from './generation';
import type { Hub } from './hub';
import { type InstanceRow, isOver, rowAfter } from './instance-row';
import { KEYS } from './keys';
import { createLimit } from './limit';
import type { Outgoing, PendingActivity, PendingTimer } from './outgoing';
import { runGenerations } from './run-generations';
import { type Batch, nextBatch } from './step/batch';
import { putRow, removeHistory, type Sequenced } from './store';
import type { TimerKeeper } from './timer-keeper';
import type { ActivityRunner } from './worker/activity-runner';

export interface Dispatcher {
  /** The instance has messages, or may have. */
  wake(instanceId: string): void;
}

export function createDispatcher(
  hub: Hub,
  activities: ActivityRunner,
  timers: TimerKeeper,
  maxConcurrent: number,
): Dispatcher {
  const limit = createLimit(maxConcurrent);
  const busy = new Set<string>();
  const again = new Set<string>();

  const dispatch = async (instanceId: string): Promise<void> => {
    // Messages that come at the same moment share an episode, because each episode replays the whole generation.
    await hub.sleep(0);
    if (hub.isStopping()) return; // The messages stay stored.
    const before = hub.store.row(instanceId);
    const messages = hub.store.inbox(instanceId);
    const batch = nextBatch(before, messages);
    const handled = [...batch.taken, ...batch.dropped].map(({ sequence }) => ({
      remove: KEYS.message(instanceId, sequence),
    }));
    if (batch.taken.length === 0) {
      if (handled.length > 0) await hub.commit(handled);
      return;
    }
    const past = before === undefined || batch.startsRun ? [] : hub.store.history(before);
    const events = batch.taken.map(({ value }) => value.event);
    const ran = await runGenerations(hub, beginEpisode(past, events, hub.stamp));
    // If the engine stopped in the middle, it is as if the episode had not begun. If the instance was purged or started
    // anew meanwhile, there is nothing to go on with.
    if (ran === undefined) return;
    const isGone = before !== undefined && hub.store.row(instanceId)?.executionId !== before.executionId;
    if (isGone) await hub.commit(handled);
    else await conclude(instanceId, before, batch, handled, ran);
    if (messages.length > handled.length) again.add(instanceId);
  };

  const conclude = async (
    instanceId: string,
    before: InstanceRow | undefined,
    batch: Batch,
    handled: readonly JournalChange[],
    ran: { generation: Generation; outgoing: Outgoing; customStatus: string | null },
  ): Promise<void> => {
    const { generation, outgoing, customStatus } = ran;
    const { ExecutionId } = generation.started.OrchestrationInstance;
    const isNewRun = before?.executionId !== ExecutionId || batch.startsRun;
    const episodes = isNewRun ? 0 : before.episodes;
    const after = { ...rowAfter(before, instanceId, generation.fresh, customStatus), episodes: episodes + 1 };
    const started = outgoing.activities.map((value) => sequenced(hub, value));
    const set = outgoing.timers
      .filter(({ instance }) => instance.ExecutionId === ExecutionId && !isOver(after.status))
      .map((value) => sequenced(hub, value));
    const disarmed =
      isOver(after.status) || isNewRun
        ? timers.disarm(instanceId, isOver(after.status) ? undefined : { executionId: ExecutionId })
        : [];
    await hub.commit(
      [
        ...handled,
        ...(isNewRun && before !== undefined ? removeHistory(before) : []),
        { put: KEYS.episode(instanceId, ExecutionId, episodes), value: generation.fresh },
        putRow(after),
        ...started.map(({ sequence, value }) => ({ put: KEYS.activity(sequence), value })),
        ...set.map(({ sequence, value }) => ({ put: KEYS.timer(sequence), value })),
        ...disarmed.map((sequence) => ({ remove: KEYS.timer(sequence) })),
      ],
      outgoing.messages,
    );
    for (const activity of started) activities.run(activity);
    if (!hub.isStopping()) for (const timer of set) timers.arm(timer);
  };

  const wake = (instanceId: string): void => {
    if (hub.isStopping()) return;
    if (busy.has(instanceId)) {
      again.add(instanceId);
      return;
    }
    busy.add(instanceId);
    const work = limit
      .run(() => dispatch(instanceId))
      .finally(() => {
        busy.delete(instanceId);
        if (again.delete(instanceId)) wake(instanceId);
      });
    hub.track(`Instance "${instanceId}"`, work);
  };
  return { wake };
}

function sequenced<T extends PendingActivity | PendingTimer>(hub: Hub, value: T): Sequenced<T> {
  return { sequence: hub.store.nextSequence(), value };
}
