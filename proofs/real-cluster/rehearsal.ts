// Tries a cluster before the suite: brings its image to a node, and measures what the suite has to wait for.
import { setTimeout as sleep } from 'node:timers/promises';

import type { WorkloadRef } from '../../domain/ports/compute-backend';
import { type BackendStage, created, refOn, shownOn } from '../../test/contract/backend-stage';
import { type RealCluster, untilThere } from './real-cluster';
import { setRealStage, type StageSettings } from './real-stage';
import type { TestNamespace } from './test-namespace';

/** A pool that has no node yet takes minutes to bring one with the image on it, milliseconds. */
const FIRST_START_MS = 600_000;
const FIRST_RUN_MS = 2_000;
/** After its program has ended, a pod may take so long to say so, milliseconds. */
const END_SHOWN_MS = 10_000;
/** Starts vary: the suite waits for twice the measured one and a second. */
const startWithin = (measured: number): number => Math.ceil((2 * measured + 1_000) / 1_000) * 1_000;
/** A program that ran when a start was surely over still runs for some requests. */
const RUNS_ON_MS = 2_000;
const HELLO = 'hello\n';

/** Runs two programs, one after the other. The second finds its image and node there, as all of the suite do. */
export async function rehearse(
  admin: RealCluster,
  namespaces: readonly [TestNamespace, TestNamespace],
  image: string | undefined,
): Promise<StageSettings> {
  const [first, second] = namespaces;
  await rehearsed(admin, first, image);
  const { startMs, log } = await rehearsed(admin, second, image);
  const untilRunning = startWithin(startMs);
  return {
    image,
    untilRunning,
    runs: untilRunning + RUNS_ON_MS,
    noLogs:
      log === HELLO
        ? undefined
        : `a program of this cluster prints ${JSON.stringify(log.slice(0, 60))} where the suite expects "hello"`,
  };
}

async function rehearsed(
  admin: RealCluster,
  namespace: TestNamespace,
  image: string | undefined,
): Promise<{ readonly startMs: number; readonly log: string }> {
  const settings = { image, untilRunning: 0, runs: FIRST_RUN_MS, noLogs: undefined };
  const stage = setRealStage(admin, () => namespace, settings);
  const ref = refOn(stage);
  const begun = performance.now();
  const answer = await created(stage, ref);
  if (answer.kind !== 'accepted')
    throw new Error(`The cluster does not take the suite's Job: ${JSON.stringify(answer)}`);
  await untilStarted(stage, ref);
  const startMs = performance.now() - begun;
  await sleep(FIRST_RUN_MS);
  await untilThere('the first program to end', END_SHOWN_MS, async () =>
    (await shownOn(stage, ref)).phase === 'ended' ? 'ended' : undefined,
  );
  const read = await stage.backend.logs(ref);
  return { startMs, log: 'bytes' in read ? read.bytes.toString() : '' };
}

/** Rejects at once where the cluster says that the program will not start. */
async function untilStarted(stage: BackendStage, ref: WorkloadRef): Promise<void> {
  let troubles = 0;
  await untilThere('the first program to start', FIRST_START_MS, async () => {
    const { started, failure, startTrouble } = await shownOn(stage, ref);
    troubles = startTrouble === undefined ? 0 : troubles + 1;
    // A trouble may pass: it is believed when a second look shows it too.
    const why = failure ?? (troubles > 1 ? startTrouble : undefined);
    if (why !== undefined) throw new Error(`The suite's program does not start: ${why.message}`);
    return started === 'yes' ? started : undefined;
  });
}
