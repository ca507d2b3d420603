import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { compiled } from '../../../standins/stack/repository-root';
import { type ProcessPlan, type StackProcess, startProcess } from '../../../standins/stack/stack-process';

const END_WITH_PARENT = compiled('standins/stack/end-with-parent');

let log: WriteStream;
const started: StackProcess[] = [];

beforeEach(() => {
  log = createWriteStream('/dev/null');
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.stop()));
  log.end();
});

/** A process that runs `script`; `up` on standard output means that it is up. */
function start(script: string): StackProcess {
  const plan: ProcessPlan = {
    name: 'azurite',
    file: process.execPath,
    args: ['--require', END_WITH_PARENT, '--eval', script],
    environment: process.env,
    readiness: () => (line) => line === 'up',
  };
  const running = startProcess(plan, '/', log);
  started.push(running);
  return running;
}

test('a process is ready at the line that says so and ends by SIGTERM when stopped', async () => {
  const running = start('console.log("up"); setInterval(() => {}, 1000)');
  await running.ready;
  await running.stop();
  expect(await running.ended).toEqual({ code: null, signal: 'SIGTERM' });
});

test('one that ends before it is up is reported with its last lines', async () => {
  const running = start('console.error("no port for me"); process.exit(4)');
  await expect(running.ready).rejects.toThrow(
    'azurite ended before it was up (exit code 4). Its last lines:\n  no port for me',
  );
});

test('one whose program does not exist is reported as failed', async () => {
  const running = startProcess(
    { name: 'azurite', file: '/no/such/program', args: [], environment: {}, readiness: () => () => true },
    '/',
    log,
  );
  await expect(running.ready).rejects.toThrow('ENOENT');
});

test('one that has nothing left to do may end by itself', async () => {
  const running = start('console.log("up")');
  await running.ready;
  expect(await running.ended).toEqual({ code: 0, signal: null });
});

test('a process ends when the one that started it is killed hard', async () => {
  const forever = 'setInterval(() => {}, 1000)';
  const args = ['--require', END_WITH_PARENT, '--eval', `console.log("up"); ${forever}`];
  const options = { detached: true, stdio: ['pipe', 'inherit', 'inherit'] };
  const script = `require("node:child_process").spawn(process.execPath, ${JSON.stringify(args)}, ${JSON.stringify(options)}); ${forever}`;
  const parent = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: parent.stdout }), 'line');
  // Both processes hold that output: it closes only when both have ended.
  const outputClosed = once(parent.stdout, 'close');
  parent.kill('SIGKILL');
  await expect(outputClosed).resolves.toBeDefined();
});
