// Plays all scenes on the Container Apps stand-in and compares every recording of a folder.
import type { KnownDifference } from '../known-differences';
import { createReport } from '../report';
import { ALL_SCENES } from './all-scenes';
import { readRecordings } from './recording';
import { playScene } from './stage';

export interface RunOptions {
  readonly folder: string;
  readonly known: readonly KnownDifference[];
  readonly print: (line: string) => void;
  /** Only recordings whose id begins so, with what their scenes ask before them. */
  readonly only?: string;
}

/** True when nothing differs that is not listed, and each recording was compared once. */
export async function runContainerApps({ folder, known, print, only = '' }: RunOptions): Promise<boolean> {
  const recordings = await readRecordings(folder);
  const report = createReport(known, print);
  const compared = new Map<string, readonly string[]>();
  for (const scene of ALL_SCENES) {
    try {
      await playScene(scene, {
        recordings,
        onCompared: (id, differences) => {
          if (compared.has(id)) throw new Error(`${id} is compared twice: take it out of one scene.`);
          compared.set(id, differences);
        },
      });
    } catch (error) {
      // Its later recordings stay uncompared, and count as different.
      print(`scene ${scene.name} broke off: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const [id, { note }] of recordings) {
    if (!id.startsWith(only)) continue;
    const found = compared.get(id) ?? ['no scene got as far as this recording'];
    await report.add(id, note, () => Promise.resolve([...found]));
  }
  return report.finish(only === '');
}
