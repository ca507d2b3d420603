// The engine's state in the journal: rows, histories, undelivered messages, activities and timers under way.
import { z } from 'zod';

import type { Journal, JournalChange } from '../kernel/journal';
import { EVENT_TYPE } from './history/event-type';
import type { HistoryEvent, TimerFired } from './history/history';
import { type InstanceRow, instanceRow } from './instance-row';
import { KEYS, sequenceOf } from './keys';
import type { Message } from './message';
import type { PendingActivity, PendingTimer } from './outgoing';

/** Something stored under a sequence number. */
export interface Sequenced<T> {
  readonly sequence: number;
  readonly value: T;
}

/** Raised whenever what is stored changes its form. */
const FORMAT = 1;

const historyEvent = z.custom<HistoryEvent>(isHistoryEvent);
const historyEvents = z.array(historyEvent);
const timerFired = z.custom<TimerFired>(
  (value) => isHistoryEvent(value) && value.EventType === EVENT_TYPE.TimerFired,
);
const instance = z.object({ InstanceId: z.string(), ExecutionId: z.string() });
const message: z.ZodType<Message> = z.object({
  instanceId: z.string(),
  executionId: z.string().nullable(),
  event: historyEvent,
});
const activity: z.ZodType<PendingActivity> = z.object({
  instance,
  taskId: z.number(),
  name: z.string(),
  input: z.string().nullable(),
});
const timer: z.ZodType<PendingTimer> = z.object({ instance, event: timerFired });

export interface Store {
  row(instanceId: string): InstanceRow | undefined;
  /** All rows, ordered by id (code units). */
  rows(): InstanceRow[];
  /** The history of the instance's current run. */
  history(row: InstanceRow): HistoryEvent[];
  /** Undelivered messages in the order in which they came. */
  inbox(instanceId: string): Sequenced<Message>[];
  instancesWithMail(): Set<string>;
  activities(): Sequenced<PendingActivity>[];
  timers(): Sequenced<PendingTimer>[];
  /** A number never given before, in any life of this journal. */
  nextSequence(): number;
}

/** Throws if another version wrote the journal. */
export function openStore(journal: Journal): Store {
  const format = journal.get(KEYS.format);
  if (format !== undefined && format !== FORMAT)
    throw new Error(
      `The Durable state on disk has format ${JSON.stringify(format)}, this version writes ${FORMAT}: ` +
        'remove the folder of the local state, or run the version that wrote it.',
    );
  const list = <T>(prefix: string, schema: z.ZodType<T>): Sequenced<T>[] =>
    [...journal.entries(prefix)].map(([key, value]) => ({
      sequence: sequenceOf(key),
      value: schema.parse(value),
    }));
  let lastSequence = Math.max(
    0,
    ...[KEYS.inboxes, KEYS.activities, KEYS.timers].flatMap((prefix) =>
      [...journal.entries(prefix)].map(([key]) => sequenceOf(key)),
    ),
  );

  return {
    row: (instanceId) => {
      const value = journal.get(KEYS.instance(instanceId));
      return value === undefined ? undefined : instanceRow.parse(value);
    },
    rows: () =>
      [...journal.entries(KEYS.instances)]
        .map(([, value]) => instanceRow.parse(value))
        .sort((left, right) => (left.instanceId < right.instanceId ? -1 : 1)),
    history: (row) =>
      [...journal.entries(KEYS.history(row.instanceId, row.executionId))].flatMap(([, events]) =>
        checkedHistory(events),
      ),
    inbox: (instanceId) => list(KEYS.inbox(instanceId), message),
    instancesWithMail: () => new Set(list(KEYS.inboxes, message).map(({ value }) => value.instanceId)),
    activities: () => list(KEYS.activities, activity),
    timers: () => list(KEYS.timers, timer),
    nextSequence: () => ++lastSequence,
  };
}

/** A journal in memory returns the same frozen episode each time, so each is checked once. */
const checked = new WeakSet<readonly HistoryEvent[]>();

function checkedHistory(events: unknown): readonly HistoryEvent[] {
  if (isChecked(events)) return events;
  const parsed = historyEvents.parse(events);
  if (Object.isFrozen(events) && Array.isArray(events)) checked.add(events as HistoryEvent[]);
  return parsed;
}

function isChecked(events: unknown): events is readonly HistoryEvent[] {
  return Array.isArray(events) && checked.has(events as HistoryEvent[]);
}

/** Marks the journal as ours; part of the first commit. */
export const formatMark: JournalChange = { put: KEYS.format, value: FORMAT };

export function putRow(row: InstanceRow): JournalChange {
  return { put: KEYS.instance(row.instanceId), value: row };
}

/** The changes that remove an instance's row and the history of its current run. */
export function removeInstance(row: InstanceRow): JournalChange[] {
  return [{ remove: KEYS.instance(row.instanceId) }, ...removeHistory(row)];
}

export function removeHistory(row: InstanceRow): JournalChange[] {
  return Array.from({ length: row.episodes }, (_, episode) => ({
    remove: KEYS.episode(row.instanceId, row.executionId, episode),
  }));
}

const EVENT_TYPES = new Set<unknown>(Object.values(EVENT_TYPE));

/**
 * Whether this engine wrote the value. This tells other programs' files apart; the format's number tells other versions
 * apart.
 */
function isHistoryEvent(value: unknown): value is HistoryEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'EventType' in value &&
    EVENT_TYPES.has(value.EventType) &&
    'Timestamp' in value &&
    typeof value.Timestamp === 'string'
  );
}
