// The journal's keys. Every key of an instance holds its id in a form that is safe and short enough.
import { createHash } from 'node:crypto';

/** Longer ids are hashed: the journal bounds its keys, and an id may have 256 characters of nine escaped bytes each. */
const MAX_ID_KEY = 600;

function idKey(instanceId: string): string {
  const wellFormed = instanceId.replace(/\p{Surrogate}/gu, '\ufffd');
  const escaped = encodeURIComponent(wellFormed);
  if (escaped.length <= MAX_ID_KEY && wellFormed === instanceId) return escaped;
  return `${escaped.slice(0, 100)}~${createHash('sha256').update(instanceId, 'utf16le').digest('hex')}`;
}

/** Sequence numbers sort as text up to this many digits. */
function ordinal(number: number): string {
  return String(number).padStart(15, '0');
}

interface Keys {
  readonly format: string;
  /** Prefixes of all of a kind. */
  readonly instances: string;
  readonly inboxes: string;
  readonly activities: string;
  readonly timers: string;
  instance(instanceId: string): string;
  /** Prefix of one instance's messages. An escaped id holds no `/`, so no prefix begins another. */
  inbox(instanceId: string): string;
  message(instanceId: string, sequence: number): string;
  /** Prefix of one run's episodes. */
  history(instanceId: string, executionId: string): string;
  episode(instanceId: string, executionId: string, episode: number): string;
  activity(sequence: number): string;
  timer(sequence: number): string;
}

export const KEYS: Keys = {
  format: 'format',
  instances: 'instance/',
  inboxes: 'inbox/',
  activities: 'activity/',
  timers: 'timer/',
  instance: (instanceId) => `instance/${idKey(instanceId)}`,
  inbox: (instanceId) => `inbox/${idKey(instanceId)}/`,
  message: (instanceId, sequence) => `inbox/${idKey(instanceId)}/${ordinal(sequence)}`,
  history: (instanceId, executionId) => `history/${idKey(instanceId)}/${executionId}/`,
  episode: (instanceId, executionId, episode) =>
    `history/${idKey(instanceId)}/${executionId}/${ordinal(episode)}`,
  activity: (sequence) => `activity/${ordinal(sequence)}`,
  timer: (sequence) => `timer/${ordinal(sequence)}`,
};

/** The sequence number at the end of a key. */
export function sequenceOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('/') + 1));
}
