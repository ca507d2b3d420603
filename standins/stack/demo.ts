// `npm run demo`: boots the whole stack, runs four jobs on its three platforms, shows their progress, sums up and
// leaves nothing behind. With `-- --app FOLDER` the app is another than the repository's own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { fit, indent, paintFor, seconds } from './demo/paint';
import { runDemo } from './demo/run-demo';
import { createLiveScreen, createPlainScreen } from './demo/screen';
import { demoJobs, schedulesSetting } from './demo/submissions';
import { renderCounts, renderSummary } from './demo/summary';
import { endOnSignals } from './end-on-signals';
import { appFolder } from './host/app-folder';
import { createJobsApi } from './jobs-api';
import { bootStack, type Stack, type StackEvent } from './stack';
import { describeEnding } from './stack-process';
import type { Environment } from './stack-settings';

/** From the first submission to the last group gone, milliseconds; two cores need about 20 s. */
const JOBS_WITHIN_MS = 150_000;

const FREE_PORTS = { functions: 0, aci: 0, kubernetes: 0, containerApps: 0, blob: 0, queue: 0, table: 0 };

const out = process.stdout;
const paint = paintFor(out.isTTY);
const failure = new AbortController();
let stack: Stack | undefined;

void main();

async function main(): Promise<void> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'gpu-jobs-demo-'));
  const clean = async (): Promise<void> => {
    await stack?.stop();
    await rm(stateFolder, { recursive: true, force: true });
  };
  endOnSignals(clean);
  try {
    await demo(stateFolder);
    await clean();
  } catch (error) {
    await fail(error, stateFolder);
  }
}

async function demo(stateFolder: string): Promise<void> {
  const begun = performance.now();
  const elapsed = (): string => seconds(performance.now() - begun);
  write(`${paint.bold('gpu-job-runner')}  four GPU jobs, from submission to cleanup, on this machine`);
  write('');
  const app = appOf(process.argv.slice(2));
  if (app !== undefined) write(`The app is that of ${app}, on Node ${process.version}.\n`);
  const jobs = await demoJobs();
  stack = await bootStack({
    ...(app !== undefined && { app }),
    settings: { ports: FREE_PORTS, stateFolder },
    user: { ...withoutOurs(process.env), GPU_JOBS_SCHEDULES: schedulesSetting(jobs.scheduled, Date.now()) },
    onDeath: 'report',
    report: failOnDeath,
  });
  write(
    `${paint.green('✔')} Azurite, ACI emulator, Kubernetes cluster, Container Apps and Functions host up in ${elapsed()}`,
  );
  write('');
  const limit = setTimeout(() => {
    failure.abort(new Error(`Not every job was over and gone after ${JOBS_WITHIN_MS / 1000} s.`));
  }, JOBS_WITHIN_MS).unref();
  const screen = out.isTTY ? await createLiveScreen(out, paint) : createPlainScreen(write);
  const api = createJobsApi(stack.functionsUrl);
  const result = await runDemo(jobs, stack, api, screen, failure.signal).finally(() => screen.done());
  clearTimeout(limit);
  if (!out.isTTY) write('');
  write(renderSummary(result.jobs, paint));
  write('');
  if (result.faults.length > 0) throw new Error(result.faults.join('\n'));
  for (const line of renderCounts(result.platforms)) write(`${paint.green('✔')} ${line}`);
  write(paint.dim(`${elapsed()} in all`));
}

/** The folder of another app than the repository's own. Throws for an option that there is not. */
function appOf(args: readonly string[]): string | undefined {
  const { app } = parseArgs({ args: [...args], options: { app: { type: 'string' } } }).values;
  return app === undefined ? undefined : appFolder(app);
}

/** If a process died, that is the reason, whatever else fails because of it. */
function failOnDeath(event: StackEvent): void {
  if (event.kind === 'died')
    failure.abort(new Error(`${event.name} died (${describeEnding(event.ending)}).`));
}

async function fail(error: unknown, stateFolder: string): Promise<void> {
  await sleep(300); // A death is reported a moment after the request that it broke.
  const reason: unknown = failure.signal.aborted ? failure.signal.reason : error;
  write('');
  write(`${paint.red('✘')} ${paint.bold('The demo failed.')}`);
  write(indent(messageOf(reason)));
  for (const name of stack?.processes ?? []) {
    const lines = stack?.process(name).lastLines() ?? [];
    write('');
    write(paint.dim(`Last lines of ${name}:`));
    for (const line of lines.slice(-15)) write(paint.dim(`  ${fit(line, 160)}`));
  }
  await stack?.stop();
  write('');
  write(`What the processes wrote and stored is kept in ${stateFolder}.`);
  process.exitCode = 1;
}

function messageOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return reason.cause === undefined ? reason.message : `${reason.message}\n${messageOf(reason.cause)}`;
}

/**
 * The environment without the product's settings, of which only the emulator's are kept. So the demo is the same
 * everywhere.
 */
function withoutOurs(environment: NodeJS.ProcessEnv): Environment {
  const ours = (name: string): boolean =>
    name.startsWith('AzureFunctionsJobHost__') ||
    (name.startsWith('GPU_JOBS_') && !name.startsWith('GPU_JOBS_EMULATOR_'));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ours(name)));
}

function write(text: string): void {
  out.write(`${indent(text)}\n`);
}
