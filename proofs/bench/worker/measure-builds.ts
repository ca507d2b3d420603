// Starts builds of the app in turn on one stack and measures what each start costs the worker.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { HOST_PROCESS_IMAGE } from '../../../standins/containers/known-images';
import { createJobsApi } from '../../../standins/stack/jobs-api';
import { node } from '../../../standins/stack/process-plans';
import { compiled } from '../../../standins/stack/repository-root';
import { bootStack, type Stack } from '../../../standins/stack/stack';
import { plainPlacements } from './plain-placements';
import { type StartTimes, startTimes } from './start-times';

/** A build of the app, by its folder. */
export interface Build {
  readonly name: string;
  readonly folder: string;
}

const FREE_PORTS = { functions: 0, aci: 0, kubernetes: 0, containerApps: 0, blob: 0, queue: 0, table: 0 };
const LOOK_EVERY_MS = 20;
/** The limit of one start and its job, milliseconds. */
const WITHIN_MS = 180_000;

/** It goes to Container Apps, the first placement. */
const SPEC = { image: HOST_PROCESS_IMAGE, command: ['true'], gpu: { count: 1, sku: 'T4' } };

/**
 * Measures `times` starts of each build, in turn. The tick is switched off: whether a minute begins within a start is
 * chance. A start before all others is not counted: it makes the tables and containers.
 */
export async function measureBuilds(
  builds: readonly Build[],
  times: number,
  stateFolder: string,
): Promise<ReadonlyMap<Build, readonly StartTimes[]>> {
  const [first] = builds;
  if (first === undefined) throw new Error('There is no build to measure.');
  const file = join(stateFolder, 'start-times.json');
  const settingsOf = ({ folder }: Build) => ({ BENCH_APP: folder, BENCH_TIMES: file });
  const stack = await bootStack({
    settings: { ports: FREE_PORTS, stateFolder },
    user: { ...process.env, 'AzureWebJobs.tick.Disabled': 'true', ...settingsOf(first) },
    onDeath: 'report',
    report: () => undefined,
    functionsHost: (environment) => ({
      name: 'functions-host',
      ...node([compiled('proofs/bench/worker/host-main')]),
      environment: {
        ...environment,
        GPU_JOBS_PLACEMENTS: plainPlacements(environment['GPU_JOBS_PLACEMENTS']),
      },
      readiness: () => (line) => line.includes('"ready"'),
    }),
  });
  const measured = new Map<Build, StartTimes[]>(builds.map((build) => [build, []]));
  try {
    await measureStart(stack, file);
    for (let round = 0; round < times; round += 1) {
      for (const [build, starts] of measured) {
        await stack.process('functions-host').stop();
        await rm(file, { force: true });
        await stack.start('functions-host', settingsOf(build));
        starts.push(await measureStart(stack, file));
      }
    }
    return measured;
  } finally {
    await stack.stop();
  }
}

/** Of the host that is up: submits a job and lets it end, so that nothing of it is left for the next start. */
async function measureStart(stack: Stack, file: string): Promise<StartTimes> {
  const api = createJobsApi(stack.functionsUrl);
  const id = await api.submit(SPEC);
  const until = performance.now() + WITHIN_MS;
  while (performance.now() < until) {
    await sleep(LOOK_EVERY_MS);
    const written = await readFile(file, 'utf8').catch(() => undefined);
    if (written === undefined || written === '') continue; // The requests of a look would be measured, too.
    const job = await api.get(id);
    if (job.outcome !== undefined && job.cleanup === 'gone') return startTimes.parse(JSON.parse(written));
  }
  throw new Error(`The job ${id} was not over and gone within ${WITHIN_MS / 1000} s.`);
}
