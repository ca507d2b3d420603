// One kind of compute as a run meets it from outside: what stands there, and what may happen to it behind the product's
// back.
import type { Program } from '../users/program';
import type { CloudRecord } from './cloud-record';

export interface Platform {
  /** What really happened there. */
  readonly record: CloudRecord;
  /** Whatever readers are shown. */
  exists(name: string): boolean;
  /** It vanishes by itself. */
  lose(name: string): void;
  /** Deletes of it do nothing until then, epoch milliseconds. */
  stickRemoval(name: string, until: number): void;
  /** Of the pull that begins next, whichever that is, milliseconds. */
  setNextPull(ms: number): void;
  /** Somebody makes it by hand, with these tags. */
  makeByHand(name: string, tags: Readonly<Record<string, string>>, program?: Program): void;
  /** Somebody removes it by hand. */
  removeByHand(name: string): void;
}

/** The way to a platform, as it may break down. */
export interface Wire {
  /** No look, list, delete or log is answered for so long, milliseconds. */
  breakDown(kind: OutageKind, ms: number): void;
  breakLogs(ms: number): void;
  /** For so long no read of this one is answered, though lists show it. */
  leaveUnread(name: string, ms: number): void;
}

/** What nobody gets an answer to for a while. */
export type OutageKind = 'silent' | 'forbidden' | 'server-error' | 'group-missing';
