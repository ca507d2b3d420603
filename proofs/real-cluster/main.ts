// `npm run real-cluster`: runs the contract suite of all backends on the cluster that a kubeconfig names.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

import { z } from 'zod';

import { endOnSignals } from '../../standins/stack/end-on-signals';
import { runAsCommand } from '../../test/run-as-command';
import { readOptions, type RealClusterOptions, USAGE } from './options';
import { type RealCluster, realCluster } from './real-cluster';
import { podSecurityFor } from './real-stage';
import { rehearse } from './rehearsal';
import { type Run, RUN_VARIABLE } from './run';
import { makeNamespace, removeRun } from './test-namespace';

/** What no run on a real cluster can try, and where it is tried. */
const ELSEWHERE = [
  'answers that are lost, late or cut, throttling, and a server without its storage: on the stand-in (test/backends/kubernetes, npm run simulate)',
  'nodes that are lost, drained or taken back: they would take other work along (test/fixtures/kubernetes, npm run conformance -- kubernetes)',
];
const PLAYED =
  'that a program runs, prints and is ended: the nodes play it. --image names one for nodes that are real';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

runAsCommand(main);

/** 0 when the suite passed and nothing is left. Rejects when it could not be run. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const admin = realCluster(options.kubeconfig);
  const id = randomBytes(4).toString('hex');
  say(`Kubernetes ${await versionOf(admin)}; namespaces gpu-jobs-contract-${id}-…`);
  endOnSignals(() => removeRun(admin, id));
  try {
    return await tried(admin, id, options);
  } finally {
    await removeRun(admin, id);
    say('Nothing is left: every namespace of this run is deleted.');
  }
}

async function tried(
  admin: RealCluster,
  id: string,
  { kubeconfig, image, only }: RealClusterOptions,
): Promise<number> {
  const namespace = () => makeNamespace(admin, kubeconfig, id, podSecurityFor(image));
  const settings = await rehearse(admin, [await namespace(), await namespace()], image);
  const { untilRunning, runs, noLogs } = settings;
  say(`A program starts within ${untilRunning} ms; in the suite each runs ${runs} ms.`);
  const code = await jest({ kubeconfig: resolve(kubeconfig), id, settings }, only);
  say('Not tried here:');
  for (const what of [
    ...ELSEWHERE,
    ...(image === undefined ? [PLAYED] : []),
    ...(noLogs === undefined ? [] : [`logs: ${noLogs}`]),
  ])
    say(`  ${what}`);
  return code;
}

async function jest(run: Run, only: string | undefined): Promise<number> {
  const words = ['--config', join(__dirname, 'jest.config.js'), '--verbose', '--ci'];
  const child = spawn(
    process.execPath,
    [require.resolve('jest/bin/jest'), ...words, ...(only === undefined ? [] : ['-t', only])],
    { env: { ...process.env, [RUN_VARIABLE]: JSON.stringify(run) }, stdio: 'inherit' },
  );
  const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await once(child, 'exit'));
  return code === 0 ? 0 : 1;
}

async function versionOf(admin: RealCluster): Promise<string> {
  const said = await admin.ask({ method: 'GET', path: '/version' });
  return z.object({ gitVersion: z.string() }).parse(said).gitVersion;
}
