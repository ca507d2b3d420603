// Which programs are started again, and in which order the containers of a group run.
import { create, exits, firstContainer, setStage, states, UNTIL_RUNNING } from './support';

describe('restart policies', () => {
  it('OnFailure starts a failed program again after a growing wait, until it succeeds', async () => {
    const stage = setStage({ scripts: [exits(1, 100), exits(2, 100), exits(0, 100)] });
    await create(stage, 'one', { restartPolicy: 'OnFailure' });
    stage.advance(1_750);
    expect((await firstContainer(stage))?.instanceView).toMatchObject({
      restartCount: 1,
      currentState: { state: 'Waiting' },
      previousState: { state: 'Terminated', exitCode: 1 },
    });
    expect((await states(stage))[1]).toBe('Running');
    stage.advance(1_100);
    expect((await firstContainer(stage))?.instanceView?.previousState?.exitCode).toBe(2);
    stage.advance(3_000);
    expect((await states(stage))[1]).toBe('Succeeded');
    expect((await firstContainer(stage))?.instanceView).toMatchObject({
      restartCount: 2,
      currentState: { exitCode: 0 },
      previousState: { exitCode: 2 },
    });
    expect(stage.emulator.ledger().programs.map(({ exitCode }) => exitCode)).toEqual([1, 2, 0]);
  });

  it('Always starts a program again that succeeded', async () => {
    const stage = setStage({ scripts: [exits(0, 100)] });
    await create(stage, 'one', { restartPolicy: 'Always' });
    stage.advance(UNTIL_RUNNING + 10_000);
    expect(stage.emulator.ledger().programs.length).toBeGreaterThan(2);
    expect((await states(stage))[1]).toBe('Running');
  });
});

describe('init containers', () => {
  it('run one after the other before the rest', async () => {
    const stage = setStage({ scripts: [exits(0, 1_000)] });
    const initContainers = [
      { name: 'first', image: 'example/init:1' },
      { name: 'second', image: 'example/init:2' },
    ];
    await create(stage, 'one', { initContainers });
    stage.advance(20_000);
    const { programs } = stage.emulator.ledger();
    expect(programs.map(({ container: name }) => name)).toEqual(['first', 'second', 'program']);
    expect(programs[1]?.startedAt).toBeGreaterThanOrEqual(programs[0]?.endedAt ?? Infinity);
    expect((await states(stage))[1]).toBe('Succeeded');
  });

  it('keep the rest from starting when one fails', async () => {
    const stage = setStage({ scripts: [exits(9, 1_000)] });
    await create(stage, 'one', { initContainers: [{ name: 'first', image: 'example/init:1' }] });
    stage.advance(20_000);
    expect(stage.emulator.ledger().programs).toHaveLength(1);
    expect((await states(stage))[1]).toBe('Failed');
  });
});
