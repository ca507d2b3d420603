// A container's log through the genuine client, and what the ledger keeps of it.
import { createHash } from 'node:crypto';

import { RESOURCE_GROUP } from '../../support/placements';
import { create, setStage, type Stage, UNTIL_RUNNING } from './support';

async function log(
  { client }: Stage,
  options: { tail?: number; timestamps?: boolean } = {},
): Promise<string | undefined> {
  return (await client.containers.listLogs(RESOURCE_GROUP, 'one', 'program', options)).content;
}

describe('the log of a container', () => {
  it('is not there before the program has started', async () => {
    const stage = setStage();
    await create(stage);
    await expect(log(stage)).rejects.toMatchObject({ code: 'ContainerGroupDeploymentNotReady' });
    stage.advance(1_000);
    await expect(log(stage)).rejects.toMatchObject({ statusCode: 404, code: 'ContainerLogNotAvailable' });
  });

  it('is empty while nothing is printed, then grows', async () => {
    const stage = setStage({ scripts: [{ prints: [{ atMs: 3_000, text: 'late\n' }] }] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    expect(await log(stage)).toBe('');
    stage.advance(3_000);
    expect(await log(stage)).toBe('late\n');
  });

  it('shows the last 4 MB of a running program and 16 KB of an ended one; the ledger has it all', async () => {
    const printed = Buffer.from(Array.from({ length: 400_000 }, (_, line) => `${line} привет\n`).join(''));
    const script = { prints: [{ atMs: 0, text: printed }], exit: { atMs: 5_000, code: 0 } };
    const stage = setStage({ scripts: [script] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    const running = (await log(stage)) ?? '';
    expect(printed.toString().endsWith(running)).toBe(true);
    expect(Buffer.byteLength(running)).toBeGreaterThan(4 * 1024 * 1024 - 4);
    stage.advance(5_000);
    const ended = (await log(stage)) ?? '';
    expect(printed.toString().endsWith(ended)).toBe(true);
    expect(Buffer.byteLength(ended)).toBeLessThanOrEqual(16 * 1024);
    expect(stage.emulator.ledger().programs).toMatchObject([
      { bytes: printed.length, sha256: createHash('sha256').update(printed).digest('hex'), kept: true },
    ]);
    expect(stage.emulator.printed('one')?.equals(printed)).toBe(true);
  });

  it('shows the last lines and their times when asked to', async () => {
    const stage = setStage({ scripts: [{ prints: [{ atMs: 0, text: 'one\ntwo\n' }] }] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    expect(await log(stage, { tail: 1 })).toBe('two\n');
    expect(await log(stage, { tail: 1, timestamps: true })).toBe('2026-01-05T12:00:01.6000000Z two\n');
  });

  it('is lost by a stop', async () => {
    const stage = setStage({ scripts: [{ prints: [{ atMs: 0, text: 'x' }] }] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    await stage.client.containerGroups.stop(RESOURCE_GROUP, 'one');
    await expect(log(stage)).rejects.toMatchObject({ code: 'ContainerLogNotAvailable' });
  });
});

it('what was printed can be read back after the group is gone, until it is dropped for room', async () => {
  const script = { prints: [{ atMs: 0, text: 'ten bytes\n' }], exit: { atMs: 10, code: 0 } };
  const stage = setStage({ scripts: [script], settings: { keptOutputBytes: 15 } });
  await create(stage);
  stage.advance(UNTIL_RUNNING);
  await stage.client.containerGroups.beginDelete(RESOURCE_GROUP, 'one');
  stage.advance(1_000);
  const kept = await stage.send('GET', '/emulator/ledger/printed?group=one');
  expect(String(kept.body)).toBe('ten bytes\n');
  await create(stage, 'two');
  stage.advance(UNTIL_RUNNING);
  expect((await stage.send('GET', '/emulator/ledger/printed?group=one')).status).toBe(410);
  expect(String((await stage.send('GET', '/emulator/ledger/printed?group=two')).body)).toBe('ten bytes\n');
});
