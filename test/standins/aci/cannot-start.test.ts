// A group whose program can't be started waits, is tried again under any policy and says so in its events.
import { RESTART_POLICIES } from '../../../standins/aci/groups/restart-policy';
import { create, firstContainer, HELLO, setStage, states } from './support';

const NOT_FOUND = { prints: [], cannotStart: 'exec: "nope": executable file not found in $PATH' };

describe('a program that can not be started', () => {
  it.each(RESTART_POLICIES)(
    'leaves its container waiting under %s, with Failed events that count up',
    async (restartPolicy) => {
      const stage = setStage({ scripts: [NOT_FOUND] });
      await create(stage, 'one', { restartPolicy });
      stage.advance(10_000);
      expect(await states(stage)).toEqual(['Creating', 'Pending']);
      const view = (await firstContainer(stage))?.instanceView;
      expect(view?.currentState?.state).toBe('Waiting');
      expect(view?.restartCount).toBe(0);
      expect(view?.events).toMatchObject([
        { name: 'Pulling', count: 1 },
        { name: 'Pulled', count: 1 },
        {
          name: 'Failed',
          type: 'Warning',
          message: expect.stringMatching(
            /^Error: Failed to start container program, Error response: to create containerd task: .*exec: "nope": executable file not found in \$PATH: unknown$/,
          ) as unknown,
        },
      ]);
      expect(view?.events?.[2]?.count).toBeGreaterThan(1);
      expect(stage.emulator.ledger().programs).toEqual([]);
    },
  );

  it('runs in the end when it can be', async () => {
    const stage = setStage({ scripts: [NOT_FOUND, NOT_FOUND, HELLO] });
    await create(stage);
    stage.advance(20_000);
    expect(await states(stage)).toEqual(['Succeeded', 'Succeeded']);
    expect(stage.emulator.ledger().programs).toMatchObject([{ exitCode: 0 }]);
  });

  it('counts as failed provisioning after the time for it', async () => {
    const stage = setStage({ scripts: [NOT_FOUND], settings: { provisioningTimeoutMs: 60_000 } });
    await create(stage);
    stage.advance(61_000);
    expect((await states(stage))[0]).toBe('Failed');
  });
});
