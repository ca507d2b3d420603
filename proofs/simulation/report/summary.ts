// Puts the end of a run into words: what was tried, which faults happened and which did not, and what broke.
import { coverage } from '../steering/coverage';
import type { Told } from '../world/world';
import type { Tally } from './tally';

export interface Ran {
  readonly seeds: number;
  readonly seconds: number;
}

export function summaryOf(tally: Tally, { seeds, seconds }: Ran): string {
  const { possible, missed } = coverage(tally);
  const lines = [
    `seeds        ${seeds}, ${tally.seeds - seeds} runs more for what they left out; ${seconds.toFixed(0)} s (${(tally.seeds / seconds).toFixed(1)} a second), ${(tally.virtualMs / 3_600_000).toFixed(0)} simulated hours`,
    `jobs         ${tally.jobs}`,
    `groups       ${tally.groupsCreated} created, ${tally.groupsLeft} left (made by others)`,
    `faults       ${tally.faults}; ${possible - missed.length} of ${possible} reachable combinations of kind, call and state hit`,
    `outlived     its job by at most ${minutes(tally.worstAfterJobMs)}, its tags by at most ${minutes(tally.worstAfterTagsMs)} (with no fault about)`,
    `violations   ${tally.failed.length} seeds`,
  ];
  for (const { seed, violations } of tally.failed.slice(0, 20)) {
    for (const { code, message } of violations.slice(0, 3)) lines.push(`  seed ${seed}: ${code}: ${message}`);
  }
  return lines.join('\n');
}

/** Which part of the seeds came to each place, as JSON (see aims.ts). */
export function censusOf(tally: Tally): string {
  const shares = Object.entries(tally.reached)
    .map(([place, seeds]) => [place, Number((seeds / tally.seeds).toFixed(4))] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(shares), undefined, 2);
}

/** A seed's story, one line an event. */
export function storyOf(story: readonly Told[]): string {
  return story.map(({ at, who, what }) => `${clock(at)}  ${who.padEnd(14)}  ${what}`).join('\n');
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(1)} min`;
}
