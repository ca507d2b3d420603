// Keeps the durable timers: arms what is stored, sends TimerFired when due.
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
  /** The stored timers of a run that is over, disarmed; the caller removes them from the journal. */
  disarm(instanceId: string, keep?: { readonly executionId: string }): number[];
  stop(): void;
}

export function createTimerKeeper(hub: Hub): TimerKeeper {
  const armed = new Map<number, { readonly timer: Timer; readonly pending: PendingTimer }>();

  const arm = ({ sequence, value }: Sequenced<PendingTimer>): void => {
    const dueAt = Math.ceil(millisecondsOf(parseInstant(value.event.FireAt)));
    const timer = hub.timers.after(dueAt - hub.clock.now(), () => {
      armed.delete(sequence);
      if (hub.isStopping()) return;
      // A machine's timer may run early, or its clock be set back: never fire before the time.
      if (hub.clock.now() < dueAt) arm({ sequence, value });
      else hub.track('A timer', fire(hub, sequence, value));
    });
    armed.set(sequence, { timer, pending: value });
  };

  return {
    arm,
    disarm: (instanceId, keep) => {
      const gone = [...armed].filter(
        ([, { pending }]) =>
          pending.instance.InstanceId === instanceId && pending.instance.ExecutionId !== keep?.executionId,
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

async function fire(hub: Hub, sequence: number, { instance, event }: PendingTimer): Promise<void> {
  const row = hub.store.row(instance.InstanceId);
  const isWanted = row !== undefined && !isOver(row.status) && row.executionId === instance.ExecutionId;
  const message = { instanceId: instance.InstanceId, executionId: instance.ExecutionId, event };
  await hub.commit([{ remove: KEYS.timer(sequence) }], isWanted ? [message] : []);
}
