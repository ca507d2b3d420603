// The end of a run in words: what was tried, what was hit, what was not, what broke.
import { type FaultKind, faultsOf } from '../../local/faults/fault';
import type { Tally } from './tally';
import type { Told } from './world';

export function summaryOf(tally: Tally, seconds: number): string {
  const { hits, possible, missed } = coverage(tally);
  const lines = [
    `seeds        ${tally.seeds} in ${seconds.toFixed(0)} s (${(tally.seeds / seconds).toFixed(1)} a second), ${(tally.virtualMs / 3_600_000).toFixed(0)} simulated hours`,
    `jobs         ${tally.jobs}`,
    `groups       ${tally.groupsCreated} created, ${tally.groupsLeft} left (made by others)`,
    `faults       ${tally.faults}; ${hits} of ${possible} reachable combinations of kind, call and state hit`,
    `outlived     its job by at most ${minutes(tally.worstAfterJobMs)}, its tags by at most ${minutes(tally.worstAfterTagsMs)} (with no fault about)`,
    `violations   ${tally.failed.length} seeds`,
  ];
  if (missed.length > 0) lines.push(`not hit      ${missed.length}: ${missed.slice(0, 400).join(', ')}`);
  for (const { seed, violations } of tally.failed.slice(0, 20)) {
    for (const { code, message } of violations.slice(0, 3)) lines.push(`  seed ${seed}: ${code}: ${message}`);
  }
  return lines.join('\n');
}

/** A combination is reachable when its call was seen in its state. */
export function coverage(tally: Tally): { hits: number; possible: number; missed: string[] } {
  const all = Object.keys(tally.reached).flatMap((place) =>
    faultsOf(place.split(' ')[0] ?? '').map((kind: FaultKind) => `${kind} ${place}`),
  );
  const missed = all.filter((combination) => tally.hit[combination] === undefined);
  return { hits: all.length - missed.length, possible: all.length, missed: missed.sort() };
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
