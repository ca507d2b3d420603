// The state machine alone: whatever happens to a group, these properties hold.
import fc from 'fast-check';

import {
  type GroupLife,
  isSettled,
  newLife,
  stateOf,
  step,
} from '../../../standins/aci/groups/group-lifecycle';
import { backOffMs, RESTART_POLICIES, type RestartPolicy } from '../../../standins/aci/groups/restart-policy';
import type { Effect, Happening } from '../../../standins/aci/happening';

const PLANS = [
  { name: 'init', image: 'i', init: true },
  { name: 'a', image: 'x', init: false },
  { name: 'b', image: 'y', init: false },
];
const BACK_OFFS = { restartMs: 1_000, pullMs: 1_000 };

interface Moment {
  readonly life: GroupLife;
  readonly effects: readonly Effect[];
  readonly happened?: Happening;
}

/** What the platform may report at this moment, given what it was asked for and which programs run. */
function possible(life: GroupLife, open: readonly Effect[]): (Happening & { readonly answers?: Effect })[] {
  const ends = life.containers.flatMap(({ name, phase }): Happening[] =>
    phase.kind === 'running' ? [0, 1].map((exitCode) => ({ kind: 'ended', container: name, exitCode })) : [],
  );
  const answers = open.flatMap((effect): (Happening & { readonly answers: Effect })[] => {
    switch (effect.kind) {
      case 'end-programs':
        return [];
      case 'provision':
      case 'mount-again':
        return [
          { kind: 'provisioned', answers: effect },
          { kind: 'mount-failed', answers: effect },
        ];
      case 'pull': {
        const { container } = effect;
        return [
          { kind: 'pulled', container, answers: effect },
          { kind: 'pull-failed', container, why: 'no', answers: effect },
        ];
      }
      case 'run':
        return [
          { kind: 'started', container: effect.container, answers: effect },
          { kind: 'not-started', container: effect.container, why: 'no', answers: effect },
        ];
      case 'later':
        return [{ ...effect.happening, answers: effect }];
    }
  });
  return [...answers, ...ends];
}

/** Plays a life. Each number picks one of the things that may happen next, including stops and starts. */
function play(policy: RestartPolicy, picks: readonly number[], withCommands: boolean): Moment[] {
  const first = newLife(policy, PLANS);
  const moments: Moment[] = [first];
  let { life } = first;
  let open: readonly Effect[] = first.effects;
  for (const [turn, pick] of picks.entries()) {
    const commands: Happening[] = withCommands ? [{ kind: 'stop' }, { kind: 'start' }] : [];
    const options: (Happening & { answers?: Effect })[] = [...possible(life, open), ...commands];
    const chosen = options[pick % Math.max(1, options.length)];
    if (!chosen) break;
    const next = step(life, chosen, turn * 100, BACK_OFFS);
    // What an older incarnation still does is not reported to the state machine.
    const still =
      next.life.incarnation === life.incarnation ? open.filter((one) => one !== chosen.answers) : [];
    ({ life } = next);
    open = [...still, ...next.effects];
    moments.push({ ...next, happened: chosen });
  }
  return moments;
}

const policies = fc.constantFrom(...RESTART_POLICIES);
const picks = fc.array(fc.nat(1_000), { maxLength: 60 });

it('an incarnation never goes back, and commands alone raise it', () => {
  fc.assert(
    fc.property(policies, picks, fc.boolean(), (policy, chosen, withCommands) => {
      const incarnations = play(policy, chosen, withCommands).map(({ life }) => life.incarnation);
      expect([...incarnations].sort((one, other) => one - other)).toEqual(incarnations);
      if (!withCommands) expect(new Set(incarnations).size).toBe(1);
    }),
  );
});

it('under Never each program starts at most once in an incarnation', () => {
  fc.assert(
    fc.property(picks, fc.boolean(), (chosen, withCommands) => {
      const starts = play('Never', chosen, withCommands).flatMap(({ life, happened }) =>
        happened?.kind === 'started' ? [`${life.incarnation}/${happened.container}`] : [],
      );
      expect(new Set(starts).size).toBe(starts.length);
    }),
  );
});

it('no program starts before the init container has ended well', () => {
  fc.assert(
    fc.property(policies, picks, (policy, chosen) => {
      for (const { life, effects } of play(policy, chosen, false)) {
        if (!effects.some((effect) => effect.kind === 'run' && effect.container !== 'init')) continue;
        expect(life.containers[0]?.phase).toMatchObject({ kind: 'ended', exitCode: 0 });
      }
    }),
  );
});

it('the state shown is one that the policy has, and an ended group has nothing left to do', () => {
  fc.assert(
    fc.property(policies, picks, (policy, chosen) => {
      const { life } = play(policy, chosen, false).at(-1) ?? newLife(policy, PLANS);
      const state = stateOf(life);
      if (policy === 'Always') expect(['Pending', 'Running']).toContain(state);
      if (policy === 'OnFailure') expect(state).not.toBe('Failed');
      if (state === 'Succeeded')
        expect(life.containers.every(({ phase }) => phase.kind === 'ended')).toBe(true);
      if (state === 'Running' || state === 'Succeeded') expect(isSettled(life)).toBe(true);
    }),
  );
});

it('a stop shows Stopped and no instance views, whatever was going on', () => {
  fc.assert(
    fc.property(policies, picks, fc.boolean(), (policy, chosen, withCommands) => {
      const { life } = play(policy, chosen, withCommands).at(-1) ?? newLife(policy, PLANS);
      const stopped = step(life, { kind: 'stop' }, 1e6, BACK_OFFS).life;
      expect(stateOf(stopped)).toBe('Stopped');
      expect(stopped.containers.map(({ phase }) => phase.kind)).toEqual(['idle', 'idle', 'idle']);
    }),
  );
});

it('waits double, up to five minutes', () => {
  expect([0, 1, 2, 3, 20].map((tried) => backOffMs(1_000, tried))).toEqual([
    1_000, 2_000, 4_000, 8_000, 300_000,
  ]);
});
