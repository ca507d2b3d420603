// What can be done to a group that exists: stop, start, restart, another PUT.
import { RESOURCE_GROUP } from '../../support/placements';
import { container, create, firstContainer, setStage, states, UNTIL_RUNNING } from './support';

describe('stop, start and restart', () => {
  it('stop takes the instance views, and start runs the program anew', async () => {
    const stage = setStage({ scripts: [{ prints: [] }] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    await stage.client.containerGroups.stop(RESOURCE_GROUP, 'one');
    expect((await states(stage))[1]).toBe('Stopped');
    expect((await firstContainer(stage))?.instanceView).toBeUndefined();
    await stage.client.containerGroups.beginStart(RESOURCE_GROUP, 'one');
    stage.advance(UNTIL_RUNNING);
    expect((await states(stage))[1]).toBe('Running');
    expect((await firstContainer(stage))?.instanceView?.events?.map(({ name }) => name)).toEqual([
      'Pulling',
      'Pulled',
      'Started',
      'Killing',
      'Pulling',
      'Pulled',
      'Started',
    ]);
    expect(stage.emulator.ledger().programs).toHaveLength(2);
  });

  it('stop leaves alone what has ended by itself', async () => {
    const stage = setStage();
    await create(stage);
    stage.advance(UNTIL_RUNNING + 5_000);
    await stage.client.containerGroups.stop(RESOURCE_GROUP, 'one');
    expect((await states(stage))[1]).toBe('Succeeded');
  });

  it('restart runs the program again in place, its count staying 0', async () => {
    const stage = setStage({ scripts: [{ prints: [] }] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    await stage.client.containerGroups.beginRestart(RESOURCE_GROUP, 'one');
    expect((await states(stage))[0]).toBe('Updating');
    stage.advance(UNTIL_RUNNING);
    expect((await firstContainer(stage))?.instanceView?.restartCount).toBe(0);
    expect(stage.emulator.ledger().programs).toHaveLength(2);
  });
});

describe('a repeated PUT', () => {
  it('restarts the program of a running group, which is why a create is sent only once', async () => {
    const stage = setStage({ scripts: [{ prints: [] }] });
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    const { puts, programs } = stage.emulator.ledger();
    expect(puts.map(({ status }) => status)).toEqual([201, 200]);
    expect(new Set(puts.map(({ bodySha256 }) => bodySha256)).size).toBe(1);
    expect(programs).toHaveLength(2);
    expect(programs[1]?.startedAt).toBeGreaterThanOrEqual(programs[0]?.endedAt ?? Infinity);
  });

  it('runs a group anew that had ended', async () => {
    const stage = setStage();
    await create(stage);
    stage.advance(UNTIL_RUNNING + 5_000);
    await create(stage, 'one', {
      containers: [container({ resources: { requests: { cpu: 2, memoryInGB: 2 } } })],
    });
    expect((await states(stage))[0]).toBe('Pending');
    stage.advance(UNTIL_RUNNING);
    expect((await states(stage))[1]).toBe('Running');
  });

  it('is refused while an operation is under way', async () => {
    const stage = setStage();
    await create(stage);
    await expect(create(stage)).rejects.toMatchObject({
      statusCode: 409,
      code: 'ContainerGroupTransitioning',
    });
  });

  it('can not change resources or restart policy of a running group', async () => {
    const stage = setStage();
    await create(stage);
    stage.advance(UNTIL_RUNNING);
    await expect(create(stage, 'one', { restartPolicy: 'Always' })).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidContainerGroupUpdate',
    });
    expect(stage.emulator.ledger().programs).toHaveLength(1);
  });
});
