// Prints the differences and counts them.
import type { KnownDifference } from './known-differences';

export interface Report {
  /** Runs one comparison and prints its differences. An error that it throws counts as one. */
  add(name: string, why: string | undefined, compare: () => Promise<string[]>): Promise<void>;
  /** Prints the counts. True when every difference is a listed one. `isWhole`: every listed case must have come up. */
  finish(isWhole: boolean): boolean;
}

export function createReport(known: readonly KnownDifference[], print: (line: string) => void): Report {
  const listed = new Map(known.map((each) => [each.case, each]));
  const met = new Set<string>();
  let passed = 0;
  let failed = 0;
  return {
    add: async (name, why, compare) => {
      const found = await compare().catch((error: unknown) => [
        `broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ]);
      const { reason, places } = listed.get(name) ?? {};
      const unlisted = places && unlistedPlaces(found, places);
      met.add(name);
      if (found.length === 0 && reason === undefined) {
        passed++;
      } else if (found.length === 0) {
        failed++;
        print(`LISTED AS DIFFERENT, BUT PASSES ${name}: take it out of known-differences.json.`);
      } else if (reason === undefined) {
        failed++;
        print(`DIFFERS ${name}${why === undefined ? '' : ` (${why})`}`);
        for (const line of found) print(`  ${line}`);
      } else if (unlisted !== undefined && unlisted.length > 0) {
        failed++;
        print(`DIFFERS OTHERWISE THAN LISTED ${name}: ${reason}`);
        for (const line of unlisted) print(`  ${line}`);
      } else {
        print(`differs as listed: ${name}: ${reason}`);
      }
    },
    finish: (isWhole) => {
      const missing = isWhole ? [...listed.keys()].filter((name) => !met.has(name)) : [];
      for (const name of missing) print(`LISTED AS DIFFERENT, BUT DOES NOT EXIST ${name}`);
      failed += missing.length;
      print(`${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
}

/** Differences at other places than those, and places at which there is none. */
function unlistedPlaces(found: readonly string[], places: readonly string[]): string[] {
  const placeOf = (line: string): string => line.split(': ')[0] ?? line;
  const differing = new Set(found.map(placeOf));
  return [
    ...found.filter((line) => !places.includes(placeOf(line))),
    ...places.filter((place) => !differing.has(place)).map((place) => `${place}: is alike, take it out`),
  ];
}
