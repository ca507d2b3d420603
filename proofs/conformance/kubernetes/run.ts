// Plays all scenes on the Kubernetes stand-in and compares every recording of a folder.
import type { KnownDifference } from '../known-differences';
import { createReport } from '../report';
import { ALL_SCENES } from './all-scenes';
import type { Cluster } from './cluster';
import { readRecordings, type Recording } from './recording';
import type { Scene } from './scene';
import { playOn } from './stage';

export interface RunOptions {
  readonly folder: string;
  readonly known: readonly KnownDifference[];
  readonly createCluster: (scene: Scene) => Promise<Cluster>;
  readonly tokenOf: (as: string | undefined) => string | undefined;
  readonly print: (line: string) => void;
  /** Only recordings whose id begins so, with what their scenes ask before them. */
  readonly only?: string;
}

/** True when nothing differs that is not listed, and each recording was compared once. */
export async function runRecordings(options: RunOptions): Promise<boolean> {
  const { folder, known, print, only = '' } = options;
  const recordings = await readRecordings(folder);
  const report = createReport(known, print);
  const compared = new Map<string, readonly string[]>();
  for (const scene of ALL_SCENES) await playScene(scene, recordings, compared, options);
  for (const [id, { note }] of recordings) {
    if (!id.startsWith(only)) continue;
    const found = compared.get(id) ?? ['no scene got as far as this recording'];
    await report.add(id, note, () => Promise.resolve([...found]));
  }
  return report.finish(only === '');
}

/** A scene that breaks off leaves its later recordings uncompared, and says why at the first of them. */
async function playScene(
  scene: Scene,
  recordings: ReadonlyMap<string, Recording>,
  compared: Map<string, readonly string[]>,
  { createCluster, tokenOf, print }: RunOptions,
): Promise<void> {
  const own = [...recordings].filter(([id]) => scene.groups.some((group) => id.startsWith(group)));
  if (own.length === 0) return;
  const cluster = await createCluster(scene);
  const play = playOn(cluster, {
    recordings: new Map(own),
    tokenOf,
    onCompared: (id, differences) => {
      if (compared.has(id)) throw new Error(`${id} is compared twice: take it out of one scene.`);
      compared.set(id, differences);
    },
  });
  try {
    await scene.play(play);
  } catch (error) {
    print(`scene ${scene.name} broke off: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await cluster.close();
  }
}
