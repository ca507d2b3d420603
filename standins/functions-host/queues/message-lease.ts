// Keeps a message hidden from other receivers while a function works on it.
import type { Timer, Timers } from '../../kernel/timers';
import type { ReceivedMessage } from './queue-message';
import { isLost, type QueuePort, reasonOf } from './queue-port';

export interface MessageLease {
  /** Ends the renewals and resolves with the current receipt; undefined if the message is no longer ours. */
  end(): Promise<string | undefined>;
}

/** After a failed renewal the next one comes this much sooner, as a share of the usual pause. */
const SPEED_UP = 0.25;

/**
 * Renews at half of `hiddenForS`, as the real host does with its 10 minutes. A failed renewal is reported and tried
 * again sooner. One that says that the message is lost ends the renewals.
 */
export function holdMessage(
  queue: QueuePort,
  message: ReceivedMessage,
  hiddenForS: number,
  timers: Timers,
  report: (problem: string) => void,
): MessageLease {
  const pauseMs = (hiddenForS * 1000) / 2;
  let receipt: string | undefined = message.popReceipt;
  let renewing: Promise<void> = Promise.resolve();
  let timer: Timer | undefined;
  let ended = false;

  const renew = async (): Promise<void> => {
    if (receipt === undefined) return;
    try {
      receipt = await queue.hide(message.messageId, receipt, hiddenForS);
      schedule(pauseMs);
    } catch (error) {
      report(`Message ${message.messageId} could not be kept hidden: ${reasonOf(error)}`);
      if (isLost(error)) receipt = undefined;
      else schedule(pauseMs * SPEED_UP);
    }
  };
  const schedule = (afterMs: number): void => {
    if (ended) return;
    timer = timers.after(afterMs, () => {
      renewing = renew();
    });
  };

  schedule(pauseMs);
  return {
    end: async () => {
      ended = true;
      timer?.cancel();
      await renewing;
      return receipt;
    },
  };
}
