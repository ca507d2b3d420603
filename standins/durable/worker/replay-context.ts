// What the replay of an action list works with: its instance, its time, and the calls that it can make.
import type { ActionIds } from '../history/action-ids';
import type { EventRaised } from '../history/history';
import type { Instant } from '../instant';
import { createExternalEvents, type ExternalEvents } from '../step/external-events';
import type { DurableKind } from './invoker';

export interface ReplayContext {
  readonly orchestrator: string;
  readonly instanceId: string;
  readonly executionId: string;
  readonly parentInstanceId: string | null;
  readonly knows: (kind: DurableKind, name: string) => boolean;
  readonly ids: ActionIds;
  readonly events: ExternalEvents;
  /** The latest OrchestratorStarted that the replay has passed. */
  now: Instant;
  /** Set once ContinueAsNew has been reached. Events that come later wait for the next generation. */
  continueAsNew: { readonly input: string | null; readonly carryOver: EventRaised[] } | undefined;
  /** JSON text; null: none was set. */
  customStatus: string | null;
  /**
   * While a timer longer than the limit is open, the extension treats every new timer as one, because it keeps one flag
   * for all.
   */
  longTimer: boolean;
}

export type ReplaySubject = Pick<
  ReplayContext,
  'orchestrator' | 'instanceId' | 'executionId' | 'parentInstanceId' | 'knows'
>;

export function replayContext(subject: ReplaySubject, ids: ActionIds): ReplayContext {
  return {
    ...subject,
    ids,
    events: createExternalEvents(),
    now: 0n,
    continueAsNew: undefined,
    customStatus: null,
    longTimer: false,
  };
}
