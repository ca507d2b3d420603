// `npm run bench -- start`: what a start of the app costs, for its builds in one run.
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { withCodeCache } from '../../../packaging/add-code-cache';
import { packageContents } from '../../../packaging/package-contents';
import { writeFolder } from '../../../packaging/write-folder';
import { zipOf } from '../../../packaging/zip';
import { REPOSITORY_ROOT } from '../../../standins/stack/repository-root';
import { summarise } from '../summarise';
import { type Build, measureBuilds } from './measure-builds';
import type { StartTimes } from './start-times';

/** Starts of each build. */
const STARTS = 7;

/** A number of each start, in milliseconds of processor time. */
const ROWS: readonly (readonly [string, (times: StartTimes) => number])[] = [
  ['the load of the app alone', ({ beforeMs, loadedMs }) => loadedMs - beforeMs],
  ['… until the first answered submit', ({ beforeMs, submitMs }) => submitMs - beforeMs],
  ['… and the first finished activity', (times) => untilBoth(times) - times.beforeMs],
  ['the same with Node and the bench itself', untilBoth],
  ['the same with the host’s process', (times) => untilBoth(times) + times.hostMs],
];

/**
 * Builds the package, starts it and the build in `dist/` in turn, and prints medians. `others` are folders of further
 * builds, such as one of an earlier commit.
 */
export async function tellStarts(
  stateFolder: string,
  others: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const packaged = join(stateFolder, 'package');
  const uncached = join(stateFolder, 'without-code-cache');
  const { shipped } = await packageContents(REPOSITORY_ROOT);
  await writeFolder(
    packaged,
    unzipSync(zipOf(await withCodeCache(REPOSITORY_ROOT, shipped, [process.execPath]))),
  );
  await writeFolder(uncached, shipped);
  const builds: readonly Build[] = [
    { name: 'package', folder: packaged },
    { name: 'package, where V8 takes no code cache', folder: uncached },
    { name: 'dist/', folder: REPOSITORY_ROOT },
    ...others.map((folder) => ({ name: folder, folder })),
  ];
  const measured = await measureBuilds(builds, STARTS, stateFolder);
  print(`processor time of a start, median (shortest to longest) of ${STARTS}, in ms`);
  for (const [build, starts] of measured) {
    print(`\n${build.name}`);
    for (const [what, of] of ROWS) {
      const { shortest, median, longest } = summarise(starts.map(of));
      const [from, middle, to] = [shortest, median, longest].map((ms) => ms.toFixed(0));
      print(`  ${what.padEnd(40)} ${middle ?? ''} (${from ?? ''} to ${to ?? ''})`);
    }
  }
}

function untilBoth({ submitMs, activityMs }: StartTimes): number {
  return Math.max(submitMs, activityMs);
}
