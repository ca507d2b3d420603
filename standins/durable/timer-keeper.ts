// Keeps the durable timers: arms the stored ones and sends TimerFired when one is due.
import type { Timer } from '../kernel/timers';
import type { Hub } from './hub';
import { isOver } from './instance-row';
import { millisecondsOf, parseInstant } from './instant';
import { KEYS } from './keys';
import type { PendingTimer } from './outgoing';
import type { Sequenced } from './store';

export interface TimerKeeper {
  /** Arms a timer that is stored. */
  arm(timer: Sequenced<PendingTimer>): void;
  /** Disarms the stored timers of a run that is over and returns them. The caller removes them from the journal. */
  disarm(instanceId: string, keep?: { readonly executionId: string }): number[];
  stop(): void;
}

export function createTimerKeeper(hub: Hub): TimerKeeper {
  const armed = new Map<number, Armed>();

  const arm = ({ sequence, value }: Sequenced<PendingTimer>): void => {
    const dueAt = Math.ceil(millisecondsOf(parseInstant(value.event.FireAt)));
    const timer = hub.timers.after(dueAt - hub.clock.now(), () => {
      if (hub.isStopping()) return;
      // A machine's timer may run early, or its clock may be set back. A durable timer never fires before its time.
      if (hub.clock.now() < dueAt) arm({ sequence, value });
      else fireDue();
    });
    armed.set(sequence, { timer, dueAt, value });
  };

  /** Fires all that are due together: one commit, and one episode for those of one instance. */
  const fireDue = (): void => {
    const now = hub.clock.now();
    const due = [...armed].filter(([, { dueAt }]) => dueAt <= now);
    for (const [sequence, { timer }] of due) {
      timer.cancel();
      armed.delete(sequence);
    }
    const fired = due.map(([sequence, { value }]) => ({ sequence, value }));
    if (fired.length > 0) hub.track('A timer', fire(hub, fired));
  };

  return {
    arm,
    disarm: (instanceId, keep) => {
      const gone = [...armed].filter(
        ([, { value }]) =>
          value.instance.InstanceId === instanceId && value.instance.ExecutionId !== keep?.executionId,
      );
      for (const [sequence, { timer }] of gone) {
        timer.cancel();
        armed.delete(sequence);
      }
      return gone.map(([sequence]) => sequence);
    },
    stop: () => {
      for (const { timer } of armed.values()) timer.cancel();
      armed.clear();
    },
  };
}

interface Armed {
  readonly timer: Timer;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly value: PendingTimer;
}

async function fire(hub: Hub, fired: readonly Sequenced<PendingTimer>[]): Promise<void> {
  const messages = fired.flatMap(({ value: { instance, event } }) => {
    const row = hub.store.row(instance.InstanceId);
    const isWanted = row !== undefined && !isOver(row.status) && row.executionId === instance.ExecutionId;
    return isWanted ? [{ instanceId: instance.InstanceId, executionId: instance.ExecutionId, event }] : [];
  });
  await hub.commit(
    fired.map(({ sequence }) => ({ remove: KEYS.timer(sequence) })),
    messages,
  );
}
