// `npm run cluster-clients`: what the first list of Jobs takes by our client and by Kubernetes' own, each as files and
// as one bundle. It judges nothing (docs/decisions/0018-a-client-of-our-own-for-clusters.md).
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { build } from 'esbuild';
import { z } from 'zod';

import { LOCAL_NAMESPACE } from '../../standins/kubernetes/local-cluster';
import { compiled } from '../../standins/stack/repository-root';
import { summarise } from '../bench/summarise';
import { COUNT_VARIABLE, type FirstList } from './first-list';

const ROUNDS = 9;
const PROGRAMS = { ours: 'by-our-client', genuine: 'by-genuine-client', nothing: 'by-nothing' } as const;

const firstListSchema: z.ZodType<FirstList> = z.object({
  elapsedMs: z.number(),
  cpuMs: z.number(),
  files: z.number(),
  characters: z.number(),
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);

void main();

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-cluster-clients-'));
  const cluster = spawn(process.execPath, [compiled('standins/kubernetes/main')], {
    env: { ...process.env, GPU_JOBS_KUBERNETES_PORT: '0', GPU_JOBS_LOCAL_STATE: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(createInterface({ input: cluster.stdout }), 'line');
    const variants = [
      { name: 'no client', file: compiled(`proofs/cluster-clients/${PROGRAMS.nothing}`) },
      { name: 'ours, as files', file: compiled(`proofs/cluster-clients/${PROGRAMS.ours}`) },
      { name: 'ours, bundled', file: await bundled(PROGRAMS.ours, folder) },
      { name: 'client-node, as a package', file: compiled(`proofs/cluster-clients/${PROGRAMS.genuine}`) },
      { name: 'client-node, bundled', file: await bundled(PROGRAMS.genuine, folder) },
    ];
    const kubeconfig = join(folder, 'kubeconfig.yaml');
    const results = new Map<string, FirstList[]>(variants.map(({ name }) => [name, []]));
    // Round by round, so that other work on the machine meets all variants alike.
    for (let round = 0; round < ROUNDS; round += 1)
      for (const { name, file } of variants) results.get(name)?.push(await firstList(file, kubeconfig));
    say(`node ${process.version}, ${cpus().length} CPUs; medians of ${ROUNDS} processes each, in turn`);
    say('client                       load and list      CPU    files    code    program');
    for (const { name, file } of variants) {
      const runs = results.get(name) ?? [];
      const elapsed = summarise(runs.map(({ elapsedMs }) => elapsedMs)).median;
      const cpu = summarise(runs.map(({ cpuMs }) => cpuMs)).median;
      const code = await firstList(file, kubeconfig, { [COUNT_VARIABLE]: '1' });
      const size = (await stat(file)).size;
      say(
        [
          name.padEnd(28),
          `${elapsed.toFixed(0)} ms`.padStart(12),
          `${cpu.toFixed(0)} ms`.padStart(9),
          String(code.files).padStart(8),
          `${(code.characters / 1024).toFixed(0)} KB`.padStart(8),
          `${(size / 1024).toFixed(0)} KB`.padStart(9),
        ].join(' '),
      );
    }
  } finally {
    cluster.kill('SIGTERM');
    if (cluster.exitCode === null) await once(cluster, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

/** One file of CommonJS with all that the program loads. */
async function bundled(program: string, folder: string): Promise<string> {
  const outfile = join(folder, `${program}.cjs`);
  await build({
    entryPoints: [compiled(`proofs/cluster-clients/${program}`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

async function firstList(
  file: string,
  kubeconfig: string,
  more: Readonly<Record<string, string>> = {},
): Promise<FirstList> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, kubeconfig, LOCAL_NAMESPACE], {
    env: { ...process.env, ...more },
  });
  return firstListSchema.parse(JSON.parse(stdout));
}
