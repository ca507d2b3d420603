// A group whose image can't be pulled waits, tries again and says so in its events.
import { create, firstContainer, setStage, states } from './support';

describe('an image whose pull fails', () => {
  it('leaves its container waiting with Failed and BackOff events that count up', async () => {
    const stage = setStage({ standingOf: () => ({ kind: 'unpullable', why: 'the registry is away' }) });
    await create(stage);
    stage.advance(10_000);
    expect(await states(stage)).toEqual(['Creating', 'Pending']);
    const view = (await firstContainer(stage))?.instanceView;
    expect(view?.currentState?.state).toBe('Waiting');
    expect(view?.events).toMatchObject([
      { name: 'Pulling', type: 'Normal' },
      {
        name: 'Failed',
        type: 'Warning',
        message: 'Failed to pull image "example/program:1": the registry is away',
      },
      { name: 'BackOff', message: 'Back-off pulling image "example/program:1"' },
    ]);
    expect(view?.events?.every(({ count }) => (count ?? 0) > 1)).toBe(true);
    expect(stage.emulator.ledger().programs).toEqual([]);
  });

  it('is pulled in the end when it can be', async () => {
    let tries = 0;
    const stage = setStage({
      // The create looks too.
      standingOf: () => (++tries > 3 ? { kind: 'known' } : { kind: 'unpullable', why: 'not yet' }),
    });
    await create(stage);
    stage.advance(10_000);
    expect((await states(stage))[0]).toBe('Succeeded');
  });

  it('counts as failed provisioning after the time for it', async () => {
    const stage = setStage({
      standingOf: () => ({ kind: 'unpullable', why: 'never' }),
      settings: { provisioningTimeoutMs: 60_000 },
    });
    await create(stage);
    stage.advance(61_000);
    expect((await states(stage))[0]).toBe('Failed');
  });
});

it('an unknown image may be accepted and never pulled', async () => {
  const stage = setStage({
    standingOf: () => ({ kind: 'inaccessible' }),
    settings: { unknownImage: 'back-off' },
  });
  await create(stage);
  stage.advance(3_000);
  expect((await firstContainer(stage))?.instanceView?.events?.map(({ name }) => name)).toEqual([
    'Pulling',
    'Failed',
    'BackOff',
  ]);
});
