// One kind of compute as the run sees it from outside: what exists there, and what may happen to it without the
// product.
import type { Program } from '../users/program';
import type { CloudRecord } from './cloud-record';

export interface Platform {
  /** What really happened there. */
  readonly record: CloudRecord;
  /** Whether it exists, whatever readers see. */
  exists(name: string): boolean;
  /** Makes it vanish by itself. */
  lose(name: string): void;
  /** Until then, epoch milliseconds, deletes of it do nothing. */
  stickRemoval(name: string, until: number): void;
  /** The distinct lines of a run that its store of logs showed at an instant, epoch milliseconds; if it has one. */
  storedLines?(run: string, at: number): ReadonlySet<string>;
  /** Since when, epoch milliseconds, that store answers. */
  storeAnswersFrom?(): number;
  /** Sets how long the next pull takes, milliseconds, whichever workload begins it. */
  setNextPull(ms: number): void;
  /** A person makes it by hand, with these tags. */
  makeByHand(name: string, tags: Readonly<Record<string, string>>, program?: Program): void;
  /** A person removes it by hand. */
  removeByHand(name: string): void;
}

/** The way to a platform, which may break down. */
export interface Wire {
  /** For so long no look, list, delete or log is answered, milliseconds. */
  breakDown(kind: OutageKind, ms: number): void;
  breakLogs(ms: number): void;
  /** For so long no read of this workload is answered, though lists show it, milliseconds. */
  leaveUnread(name: string, ms: number): void;
}

/** How requests fail while an outage lasts. */
export type OutageKind = 'silent' | 'forbidden' | 'server-error' | 'group-missing';
