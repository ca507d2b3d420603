// Containers as processes of this machine, with the built warden and programs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { createProcessRuntime } from '../../../standins/containers/process';
import type { ContainerExit, ContainerRuntime, ContainerStart } from '../../../standins/containers/runtime';

const BUILT_ROOT = join(__dirname, '../../../dist');

const told: string[] = [];
let runtime: ContainerRuntime;

beforeEach(() => {
  told.length = 0;
  runtime = createProcessRuntime({
    builtRoot: BUILT_ROOT,
    stopGraceMs: 100,
    onHostProcess: ({ groupName }) => told.push(groupName),
  });
});

afterEach(() => runtime.close());

interface Run {
  readonly output: () => string;
  readonly exit: Promise<ContainerExit>;
  /** Resolves when the output matches. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly stop: () => void;
}

const DEAF = { onOutput: (): void => undefined, onExit: (): void => undefined };

function begin(
  command: readonly string[],
  changes: Partial<ContainerStart> = {},
  listener: Parameters<ContainerRuntime['start']>[1] = DEAF,
): ReturnType<ContainerRuntime['start']> {
  const image = 'gpu-jobs.local/host-process';
  const start = { groupName: 'one', containerName: 'program', image, command, environment: {} };
  return runtime.start({ ...start, ...changes }, listener);
}

function run(command: readonly string[], changes: Partial<ContainerStart> = {}): Run {
  let output = '';
  let look = (): void => undefined;
  let running: ReturnType<ContainerRuntime['start']> | undefined;
  const exit = new Promise<ContainerExit>((resolve) => {
    const listener = {
      onOutput: (bytes: Buffer): void => {
        output += bytes.toString();
        look();
      },
      onExit: resolve,
    };
    running = begin(command, changes, listener);
  });
  return {
    output: () => output,
    exit,
    stop: () => {
      if (running?.kind === 'running') running.stop();
    },
    says: (pattern) =>
      new Promise((resolve) => {
        look = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        look();
      }),
  };
}

/** Whether a process runs. One that has ended and is not yet reaped does not. */
function runs(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Waits until a process is gone, which may take a moment after a kill. If it was not killed, the test fails by its time
 * limit.
 */
async function gone(pid: string): Promise<void> {
  while (runs(pid)) await delay(5);
}

it('knows its images by any tag, and no others', () => {
  expect(runtime.lookUp('k8s-gcrio.azureedge.net/cuda-vector-add:v0.1')).toEqual({ kind: 'known' });
  expect(runtime.lookUp('docker.io/microsoft/samples-tf-mnist-demo:gpu')).toEqual({ kind: 'known' });
  expect(runtime.lookUp('nvcr.io/nvidia/k8s/cuda-sample:vectoradd-cuda12.5.0-ubuntu22.04')).toEqual({
    kind: 'known',
  });
  expect(runtime.lookUp('nvcr.io/nvidia/k8s/cuda-sample:nbody')).toMatchObject({ kind: 'inaccessible' });
  expect(runtime.lookUp('unpullable.gpu-jobs.local/x')).toMatchObject({ kind: 'unpullable' });
});

it("says of any other image what there is here, and how a program of one's own is run", () => {
  expect(runtime.lookUp('busybox')).toEqual({
    kind: 'inaccessible',
    advice: expect.stringMatching(
      /k8s-gcrio\.azureedge\.net\/cuda-vector-add.*gpu-jobs\.local\/host-process.*GPU_JOBS_LOCAL_IMAGES/,
    ) as string,
  });
});

describe('an added image', () => {
  const added = { 'mine.azurecr.io/train': ['sh', '-c', 'echo "own $*"', 'sh'], 'pinned:2': ['echo', 'two'] };
  beforeEach(() => {
    runtime = createProcessRuntime({ builtRoot: BUILT_ROOT, stopGraceMs: 100, addedImages: added });
  });

  it('is known by its repository with any tag, or by its whole name', () => {
    const images = ['mine.azurecr.io/train:7', 'mine.azurecr.io/train', 'pinned:2', 'pinned:3'];
    expect(images.map((image) => runtime.lookUp(image).kind)).toEqual([
      'known',
      'known',
      'known',
      'inaccessible',
    ]);
  });

  it('runs its program, which a command replaces', async () => {
    const own = run([], { image: 'mine.azurecr.io/train:7' });
    expect(await own.exit).toEqual({ exitCode: 0 });
    expect(own.output()).toBe('own \n');
    const other = run(['echo', 'another'], { image: 'mine.azurecr.io/train:7' });
    await other.exit;
    expect(other.output()).toBe('another\n');
  });
});

it('runs the stand-in of an image', async () => {
  const { exit, output } = run([], { image: 'k8s-gcrio.azureedge.net/cuda-vector-add:v0.1' });
  expect(await exit).toEqual({ exitCode: 0 });
  expect(output()).toMatch(/^\[Vector addition of 50000 elements\]\n[^]*\nTest PASSED\nDone\n$/);
});

it('gives a stand-in the options of the command', async () => {
  const { exit, output } = run(['python', 'main.py', '--max_steps', '0'], {
    image: 'microsoft/samples-tf-mnist-demo:gpu',
  });
  expect(await exit).toEqual({ exitCode: 2 });
  expect(output()).toContain('--max_steps');
});

it('says once that a command runs on this machine itself', async () => {
  await Promise.all([run(['true']).exit, run(['true']).exit]);
  expect(told).toEqual(['one']);
});

it('hands on the exit code', async () => {
  expect(await run(['sh', '-c', 'exit 3']).exit).toEqual({ exitCode: 3 });
});

it('keeps the order of standard output and standard error', async () => {
  const { exit, output } = run(['sh', '-c', 'for i in 1 2 3; do echo out $i; echo err $i >&2; done']);
  await exit;
  expect(output()).toBe('out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n');
});

it('gives the program its own variables, the path, and nothing of its own process', async () => {
  const script = 'console.log(JSON.stringify(process.env))';
  const { exit, output } = run([process.execPath, '-e', script], { environment: { GREETING: 'hello' } });
  await exit;
  expect(JSON.parse(output())).toEqual({ PATH: process.env['PATH'], GREETING: 'hello' });
});

it('delivers megabytes whole', async () => {
  const script =
    "const line = 'x'.repeat(99) + '\\n'; for (let i = 0; i < 50000; i++) process.stdout.write(line)";
  const { exit, output } = run([process.execPath, '-e', script]);
  expect(await exit).toEqual({ exitCode: 0 });
  expect(output()).toHaveLength(5_000_000);
});

describe('a program that can not be started', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cannot-start-'));
  const text = join(folder, 'text');
  writeFileSync(text, 'no program', { mode: 0o644 });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    [['no-such-program'], 'exec: "no-such-program": executable file not found in $PATH'],
    [['./train'], 'exec: "./train": stat ./train: no such file or directory'],
    [['/no/such/program'], 'exec: "/no/such/program": stat /no/such/program: no such file or directory'],
    [[folder], `exec: "${folder}": is a directory`],
    [[text], `exec: "${text}": permission denied`],
    [[], 'no command specified'],
  ])('says why in the words of a container runtime: %j', (command, why) => {
    expect(begin(command)).toEqual({ kind: 'not-started', why });
  });

  it('is looked for where its own path says', () => {
    expect(begin(['text'], { environment: { PATH: folder } })).toEqual({
      kind: 'not-started',
      why: 'exec: "text": permission denied',
    });
    expect(begin(['sh'], { environment: { PATH: folder } })).toMatchObject({ kind: 'not-started' });
  });

  it('is one of an image that is not to be started, by its registry or by the option', () => {
    const why = expect.stringContaining('nvidia-container-cli: requirement error') as unknown;
    expect(runtime.lookUp('unstartable.gpu-jobs.local/train:1')).toEqual({ kind: 'known' });
    expect(begin([], { image: 'unstartable.gpu-jobs.local/train:1' })).toEqual({ kind: 'not-started', why });
    const unstartable = ['microsoft/samples-tf-mnist-demo'];
    const other = createProcessRuntime({ builtRoot: BUILT_ROOT, stopGraceMs: 100, unstartable });
    const start = { groupName: 'one', containerName: 'program', command: [], environment: {} };
    expect(other.start({ ...start, image: 'microsoft/samples-tf-mnist-demo:gpu' }, DEAF)).toEqual({
      kind: 'not-started',
      why,
    });
  });

  it('is found only when it runs, and says why as its output, as in a container', async () => {
    const script = join(folder, 'script');
    writeFileSync(script, '#!/no/such/interpreter\n', { mode: 0o755 });
    const { exit, output } = run([script]);
    expect(await exit).toEqual({ exitCode: 127 });
    expect(output()).toContain('ENOENT');
  });
});

it('stops a program with SIGTERM first', async () => {
  const program = run(['sh', '-c', 'trap "echo bye; exit 0" TERM; echo ready; while :; do sleep 0.01; done']);
  await program.says(/ready/);
  program.stop();
  expect(await program.exit).toEqual({ exitCode: 0 });
  expect(program.output()).toBe('ready\nbye\n');
});

it('kills a program that ignores SIGTERM, with its children', async () => {
  const program = run(['sh', '-c', 'trap "" TERM; sleep 1000 & echo child $!; while :; do sleep 0.01; done']);
  const [, child = ''] = await program.says(/child (\d+)\n/);
  expect(runs(child)).toBe(true);
  program.stop();
  expect(await program.exit).toEqual({ exitCode: 137 });
  await gone(child);
});

it('leaves nothing running of a program that has ended', async () => {
  const program = run(['sh', '-c', 'sleep 1000 & echo child $!']);
  const [, child = ''] = await program.says(/child (\d+)\n/);
  expect(await program.exit).toEqual({ exitCode: 0 });
  await gone(child);
});

it('ends everything when it is closed', async () => {
  const program = run(['sh', '-c', 'echo self $$; sleep 1000']);
  const [, self = ''] = await program.says(/self (\d+)\n/);
  await runtime.close();
  expect(await program.exit).toEqual({ exitCode: 137 });
  await gone(self);
});

describe('a container with mounts', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gpu-jobs-mounts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const mountAt = (path: string): Partial<ContainerStart> => ({
    mounts: [{ path, folder, readOnly: false }],
  });

  it('is led to their folders by its arguments and its variables', async () => {
    writeFileSync(join(folder, 'in.txt'), 'from the volume');
    const program = run(['sh', '-c', 'cat /mnt/data/in.txt; printf " and back" >"$OUT/out.txt"'], {
      ...mountAt('/mnt/data'),
      environment: { OUT: '/mnt/data' },
    });
    expect(await program.exit).toEqual({ exitCode: 0 });
    expect(program.output()).toBe('from the volume');
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe(' and back');
  });

  it('starts in a working directory within one of them, which is made if it is not there', async () => {
    const program = run(['sh', '-c', 'echo here >where.txt'], {
      ...mountAt('/mnt/data'),
      workingDir: '/mnt/data/runs/1',
    });
    expect(await program.exit).toEqual({ exitCode: 0 });
    expect(readFileSync(join(folder, 'runs/1/where.txt'), 'utf8')).toBe('here\n');
  });

  it('starts in its temporary folder for a working directory that only its image has', async () => {
    const program = run(['pwd'], { ...mountAt('/mnt/data'), workingDir: '/workspace' });
    expect(await program.exit).toEqual({ exitCode: 0 });
    expect(program.output()).toMatch(/gpu-jobs-container-/);
  });
});
