// `npm run bench`: measures the speed of the local stack and prints it. It judges nothing. `-- start [FOLDER ...]`
// measures only what a start of the app costs: of the package, of `dist/` and of the builds in those folders.
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { claimPorts } from '../../standins/stack/ports';
import { REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import { bootStack } from '../../standins/stack/stack';
import { stackEnvironment } from '../../standins/stack/stack-environment';
import { measureQueueToCreate } from './queue-to-create';
import { measureReplay } from './replay';
import { measureStart } from './start-up';
import { SLOW_MS } from './story-meter';
import { summarise } from './summarise';
import { tellStarts } from './worker/tell-starts';

const STARTS = 5;
const MESSAGES = 10;
const POLLS = 2000;

const FREE_PORTS = { functions: 0, aci: 0, blob: 0, queue: 0, table: 0 };

void main();

async function main(): Promise<void> {
  print(`node ${process.version}, ${cpus().length} CPUs (${cpus()[0]?.model.trim() ?? 'unknown'})\n`);
  const [part, ...folders] = process.argv.slice(2);
  if (part !== undefined && part !== 'start')
    throw new Error(`"${part}" is no part of the bench. Usage: npm run bench [-- start [FOLDER ...]]`);
  const state = await realpath(await mkdtemp(join(tmpdir(), 'gpu-jobs-bench-')));
  try {
    await tellStarts(join(state, 'starts'), folders, print);
    if (part === 'start') return;
    await benchStart();
    await benchQueue(state);
    await benchReplay(state);
    await benchPage();
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function benchStart(): Promise<void> {
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) starts.push(await measureStart());
  print(`start to first answered request   ${inWords(starts)} Azurite and emulator included`);
}

async function benchQueue(stateFolder: string): Promise<void> {
  const stack = await bootStack({
    settings: { ports: FREE_PORTS, stateFolder },
    user: process.env,
    onDeath: 'report',
    report: () => undefined,
  });
  try {
    const times = await measureQueueToCreate(stack, MESSAGES);
    print(`queue message to create, idle     ${inWords(times)}`);
  } finally {
    await stack.stop();
  }
}

/** In a process of its own: it needs what the tests are made of, which the build leaves out. */
async function benchPage(): Promise<void> {
  print('\nthe dashboard, 10,000 jobs stored');
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'page-costs'], {
    cwd: REPOSITORY_ROOT,
  });
  print(stdout.trimEnd());
}

async function benchReplay(stateFolder: string): Promise<void> {
  const ports = await claimPorts(FREE_PORTS);
  // Nothing listens at these ports. A script answers the story's activities, so the app asks no storage for anything.
  Object.assign(process.env, stackEnvironment({ user: process.env, ports, stateFolder }));
  const story = await measureReplay(POLLS);
  const [first, median, longest, undisturbed] = [
    story.firstMs,
    story.medianMs,
    story.longestMs,
    story.longestUndisturbedMs,
  ].map((ms) => `${ms.toFixed(2)} ms`);
  print(
    `one replay, job of ${story.polls} polls     median ${median ?? ''}, longest ${longest ?? ''} (${story.episodes} replays; the very first ${first ?? ''})`,
  );
  print(
    `  of these over ${SLOW_MS} ms             ${story.slow}; when the same histories are run again, the longest takes ${undisturbed ?? ''}`,
  );
  print(`largest history of that job       ${(story.largestHistoryBytes / 1024).toFixed(1)} KB`);
}

/** Milliseconds, written for a person. */
function inWords(values: readonly number[]): string {
  const { shortest, median, longest } = summarise(values);
  const [from, middle, to] = [shortest, median, longest].map((value) => `${Math.round(value)} ms`);
  return `median ${middle ?? ''} (${from ?? ''} to ${to ?? ''}; ${values.length} times)`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
