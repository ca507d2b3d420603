// The end of a run in words: what was tried, what was hit, what was not, what broke.
import { faultsOf } from '../../local/faults/fault';
import type { Tally } from './tally';
import type { Told } from './world';

export function summaryOf(tally: Tally, seconds: number): string {
  const { usual, rare } = coverage(tally);
  const lines = [
    `seeds        ${tally.seeds} in ${seconds.toFixed(0)} s (${(tally.seeds / seconds).toFixed(1)} a second), ${(tally.virtualMs / 3_600_000).toFixed(0)} simulated hours`,
    `jobs         ${tally.jobs}`,
    `groups       ${tally.groupsCreated} created, ${tally.groupsLeft} left (made by others)`,
    `faults       ${tally.faults}; ${told(usual)} combinations of kind, call and state hit that are reachable in more than 1 of ${RARE} seeds; ${told(rare)} of rarer ones`,
    `outlived     its job by at most ${minutes(tally.worstAfterJobMs)}, its tags by at most ${minutes(tally.worstAfterTagsMs)} (with no fault about)`,
    `violations   ${tally.failed.length} seeds`,
  ];
  for (const { seed, violations } of tally.failed.slice(0, 20)) {
    for (const { code, message } of violations.slice(0, 3)) lines.push(`  seed ${seed}: ${code}: ${message}`);
  }
  return lines.join('\n');
}

/** A place to which fewer seeds than one in so many come is rare: chance alone decides whether 10,000 show every fault there. */
const RARE = 500;

export interface Covered {
  readonly possible: number;
  /** `kind call state (seeds that came there)`, sorted. */
  readonly missed: readonly string[];
}

/** A combination of kind, call and state is reachable when the call was seen in the state while faults could happen. */
export function coverage(tally: Tally): { readonly usual: Covered; readonly rare: Covered } {
  const of = (isWanted: (seeds: number) => boolean): Covered => {
    const places = Object.entries(tally.reached).filter(([, seeds]) => isWanted(seeds));
    const all = places.flatMap(([place, seeds]) => {
      const [call = '', state = ''] = place.split(' ');
      return faultsOf(call, state).map((kind) => ({ combination: `${kind} ${place}`, seeds }));
    });
    const missed = all.filter(({ combination }) => tally.hit[combination] === undefined);
    return {
      possible: all.length,
      missed: missed.map(({ combination, seeds }) => `${combination} (${seeds})`).sort(),
    };
  };
  const isUsual = (seeds: number): boolean => seeds * RARE > tally.seeds;
  return { usual: of(isUsual), rare: of((seeds) => !isUsual(seeds)) };
}

/** Which part of the seeds came to each place, as JSON: see aims.ts. */
export function censusOf(tally: Tally): string {
  const shares = Object.entries(tally.reached)
    .map(([place, seeds]) => [place, Number((seeds / tally.seeds).toFixed(4))] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(shares), undefined, 2);
}

function told({ possible, missed }: Covered): string {
  return `${possible - missed.length} of ${possible}`;
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
