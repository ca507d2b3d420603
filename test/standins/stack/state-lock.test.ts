import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { lockState } from '../../../standins/kernel/state-lock';
import { compiled } from '../../../standins/stack/repository-root';
import { bootStack, type Stack } from '../../../standins/stack/stack';

const FREE_PORTS = { functions: 0, aci: 0, blob: 0, queue: 0, table: 0 };

let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'gpu-jobs-state-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

const boot = (): Promise<Stack> =>
  bootStack({
    settings: { ports: FREE_PORTS, stateFolder },
    user: process.env,
    onDeath: 'report',
    report: () => undefined,
  });

test('a second stack on one state folder is refused, with which process has it and what to do; the first goes on', async () => {
  const first = await boot();
  try {
    const refusal = await boot().catch((error: unknown) => String(error));
    expect(refusal).toContain(`The state folder ${stateFolder} is in use`);
    expect(refusal).toContain(`process id ${process.pid}`);
    expect(refusal).toMatch(/since \d{4}-\d\d-\d\dT/);
    expect(refusal).toContain('GPU_JOBS_LOCAL_STATE');
    expect((await fetch(`${first.functionsUrl}/api/jobs`)).status).toBe(200);
  } finally {
    await first.stop();
  }
  const next = await boot();
  await next.stop();
}, 90_000);

test('what another stack has left running keeps its part of the folder', async () => {
  const parts = {
    azurite: [compiled('standins/stack/azurite'), stateFolder],
    'functions-host': [compiled('standins/functions-host/main'), '--port', '0'],
  } as const;
  await Promise.all(
    (['azurite', 'functions-host'] as const).map(async (part) => {
      const lock = await lockState(stateFolder, part, 'a part that runs still');
      const env = { ...process.env, GPU_JOBS_LOCAL_STATE: stateFolder };
      const child = spawn(process.execPath, parts[part], { env });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      lock.release();
      expect(code).toBe(1);
      expect(said).toContain(`in use by another process: a part that runs still, process id ${process.pid}`);
    }),
  );
}, 60_000);
