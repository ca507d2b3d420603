// Where a job stands in a list: keys that sort newest first, so that a page is one range of keys.
import { createHash } from 'node:crypto';

import { TerminalError } from '../errors';
import type { JobRange, Listing } from '../ports/job-lists';

/** 14 digits of milliseconds last until the year 5138; subtracting from this puts the newest first. */
const LAST_INSTANT = 99_999_999_999_999;
const DIGITS = 14;
/** Sorts after every digit, and no key has it in this place. */
const AFTER_DIGITS = ':';
/** Sorts after every character of an id. */
const AFTER_LETTERS = '{';
/**
 * Characters of a label's hash. A label is hashed because its text may be too long for a key or have characters that
 * keys may not have.
 */
const HASH_CHARACTERS = 32;

/** The continuation that a page hands out: inverted milliseconds and a job's id. */
export const CONTINUATION = /^\d{14}-j[0-9a-z]{19}$/;

/** A job's key in any list, and the continuation of a page that ends with it. `createdAt` is ISO 8601. */
export function placeInList(job: { readonly id: string; readonly createdAt: string }): string {
  return `${inverted(Date.parse(job.createdAt))}-${job.id}`;
}

/**
 * A job's place in one list, for its key there and for the continuation of a page that ends with it. The members of a
 * group stand in the order of their indexes, the first first.
 */
export function placeIn(listing: Listing, job: Placed): string {
  if (listing.kind !== 'group' || job.group === undefined) return placeInList(job);
  return `${String(job.group.index).padStart(DIGITS, '0')}-${job.id}`;
}

type Placed = Parameters<typeof placeInList>[0] & { readonly group?: { readonly index: number } | undefined };

/** What the keys of one list begin with. */
export function listPrefix(listing: Listing): string {
  switch (listing.kind) {
    case 'all':
      return 'all.';
    case 'state':
      return `state.${listing.state}.`;
    case 'label':
      return `label.${hashOf([listing.name, listing.value])}.`;
    case 'schedule':
      return `schedule.${listing.name}.`;
    case 'group':
      return `group.${listing.id}.`;
    case 'name':
      return `name.${hashOf([listing.name])}.`;
    case 'id':
      return guardKey(listing.prefix);
  }
}

/** The key of the one entry that stands for the job itself. */
export function guardKey(jobId: string): string {
  return `job.${jobId}`;
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, HASH_CHARACTERS);
}

/** The keys of a range: `after` < key < `before`. @throws TerminalError for a continuation that no page gave. */
export function keyRange(
  { listing, since, until }: JobRange,
  continuation: string | undefined,
): { readonly after: string; readonly before: string } {
  if (continuation !== undefined && !CONTINUATION.test(continuation)) {
    throw new TerminalError(
      `"${continuation.slice(0, 100)}" is no continuation of a list of jobs: pass back what the page before gave, unchanged`,
      { continuation: continuation.slice(0, 100) },
    );
  }
  if (listing.kind === 'id') return idRange(listing.prefix, continuation);
  const prefix = listPrefix(listing);
  if (listing.kind === 'group')
    return { after: `${prefix}${continuation ?? ''}`, before: `${prefix}${AFTER_DIGITS}` };
  // The keys of one instant lie between its digits and the digits with AFTER_DIGITS behind.
  const newest = until === undefined ? '' : `${inverted(until)}${AFTER_DIGITS}`;
  const oldest = since === undefined ? AFTER_DIGITS : `${inverted(since)}${AFTER_DIGITS}`;
  const after = continuation !== undefined && continuation > newest ? continuation : newest;
  return { after: `${prefix}${after}`, before: `${prefix}${oldest}` };
}

/** Ids go from the prefix to the prefix with what sorts behind every character of an id. */
function idRange(
  prefix: string,
  continuation: string | undefined,
): { readonly after: string; readonly before: string } {
  const last = continuation?.slice(DIGITS + 1) ?? prefix;
  return { after: guardKey(last), before: `${guardKey(prefix)}${AFTER_LETTERS}` };
}

function inverted(instant: number): string {
  const clamped = Math.min(Math.max(instant, 0), LAST_INSTANT);
  return String(LAST_INSTANT - clamped).padStart(DIGITS, '0');
}
