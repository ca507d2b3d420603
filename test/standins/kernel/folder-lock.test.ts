import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type FolderLock, lockFolder } from '../../../standins/kernel/folder-lock';
import type { Holder } from '../../../standins/kernel/lock-holder';
import { inPlainNode } from '../../support/plain-node';
import { contend, contentionSchema } from './lock-contender';

let at: string;
const held: FolderLock[] = [];

beforeEach(async () => {
  at = join(await mkdtemp(join(tmpdir(), 'gpu-jobs-lock-')), 'lock');
});

afterEach(async () => {
  for (const lock of held.splice(0)) lock.release();
  await rm(join(at, '..'), { recursive: true });
});

async function take(waitMs = 0): Promise<'taken' | Holder> {
  const locked = await lockFolder({ at, what: 'a test', waitMs });
  if ('heldBy' in locked) return locked.heldBy;
  held.push(locked.lock);
  return 'taken';
}

/** Leaves a lock as if this holder had taken it. */
async function leave(holder: Partial<Holder>): Promise<void> {
  const whole = {
    pid: process.pid,
    what: 'x',
    since: new Date(0).toISOString(),
    port: 1,
    nonce: 'n',
    ...holder,
  };
  await mkdir(at, { recursive: true });
  await writeFile(join(at, '1.json'), JSON.stringify(whole));
}

/** The id of a process that is gone. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  if (child.pid === undefined) throw new Error('No process was started.');
  return child.pid;
}

test('one process has the lock, and another is told which one and since when', async () => {
  const before = Date.now();
  expect(await take()).toBe('taken');
  const holder = await take();
  expect(holder).toMatchObject({ pid: process.pid, what: 'a test' });
  expect(holder === 'taken' ? 0 : Date.parse(holder.since)).toBeGreaterThanOrEqual(before);
});

test('what is released is there for the next, which leaves one file', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    expect(await take()).toBe('taken');
    held.pop()?.release();
  }
  expect(await take()).toBe('taken');
  expect(await readdir(at)).toHaveLength(1);
});

test('of many that ask at once one gets it', async () => {
  await leave({ nonce: 'of somebody gone' });
  const answers = await Promise.all(Array.from({ length: 20 }, () => take()));
  expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
});

test('a holder that ends while another waits makes room', async () => {
  await take();
  const waiting = take(20_000);
  held.pop()?.release();
  expect(await waiting).toBe('taken');
});

test('a holder killed hard is followed at once', async () => {
  const script = `const { lockFolder } = require('./standins/kernel/folder-lock.ts');
    lockFolder({ at: ${JSON.stringify(at)}, what: 'a child', waitMs: 0 }).then(() => console.log('taken'));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--require', './proofs/register.js', '--eval', script]);
  await once(child.stdout, 'data');
  expect(await take()).toMatchObject({ pid: child.pid, what: 'a child' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await take()).toBe('taken');
});

describe('the id of a process that is gone, given to another', () => {
  test('holds nothing when nothing listens on the port', async () => {
    await leave({ port: 1 });
    expect(await take()).toBe('taken');
  });

  test('holds nothing when another listens on the port, too', async () => {
    const server = createServer((socket) => socket.end('something else')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await leave({ port: (server.address() as { port: number }).port });
    expect(await take()).toBe('taken');
    server.close();
  });
});

describe('where the port stays silent', () => {
  const silent = createServer(() => undefined);
  beforeAll(async () => {
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterAll(() => silent.close());
  const port = (): number => (silent.address() as { port: number }).port;

  test('a process that lives, stopped perhaps, holds the lock', async () => {
    await leave({ port: port() });
    expect(await take()).toMatchObject({ pid: process.pid });
  });

  test('one that is gone does not', async () => {
    await leave({ port: port(), pid: await deadPid() });
    expect(await take()).toBe('taken');
  });
});

test('a file that is no lock stops every process, and is named', async () => {
  await mkdir(at);
  await writeFile(join(at, '3.json'), 'x');
  await expect(take()).rejects.toThrow(join(at, '3.json'));
  expect(await readFile(join(at, '3.json'), 'utf8')).toBe('x');
});

test('processes that take it in turns never have it at the same time', async () => {
  const argument = { at, inside: join(at, '..', 'inside'), turns: 20 };
  const results = await Promise.all(
    Array.from({ length: 4 }, () =>
      inPlainNode({
        module: 'test/standins/kernel/lock-contender.ts',
        name: contend.name,
        argument,
        answer: contentionSchema,
        limitMs: 60_000,
      }),
    ),
  );
  expect(results).toEqual(results.map(() => ({ turns: 20, clashes: 0 })));
}, 70_000);
