// A policy's volumes against the volume where outputs are kept: the outputs of one job are no way to those of others.
import type { Policy } from '../../../domain/spec/policy';
import { refusal } from '../../../domain/spec/preflight';
import type { Wish } from '../../../domain/spec/wish';
import { mountingFacts } from '../../support/mounting-facts';
import { testPlacement } from '../../support/placements';

const SHARE = { url: 'https://account.file.core.windows.net/results', keyRef: 'key' };
const KEEPS = { outputs: { path: '/out' }, checkpoints: { path: '/check' } };

function factsWith(subPath: boolean): ReturnType<typeof mountingFacts> {
  const facts = mountingFacts();
  return { ...facts, traits: { ...facts.traits, subPath } };
}

function why(
  wish: Wish,
  { subPath, own, deployment }: { subPath: boolean; own?: Policy; deployment?: Policy },
): string | undefined {
  const placement = testPlacement({
    volumes: { results: { share: SHARE }, saved: { share: SHARE } },
    outputs: { volume: 'results' },
    checkpoints: { volume: 'saved' },
    ...(own !== undefined && { policy: own }),
  });
  return refusal({ image: 'docker.io/team/train:1', ...wish }, placement, factsWith(subPath), {
    policy: deployment,
  });
}

describe('a volume of outputs that a policy keeps from specs', () => {
  test('can not be mounted by its name, whatever folder is wanted of it', () => {
    const own = { volumes: [] };
    expect(why({ volumes: [{ name: 'results', path: '/all' }] }, { subPath: true, own })).toMatch(
      /has a policy: \/volumes\/0\/name is "results", which the policy does not allow/,
    );
  });

  test('keeps outputs all the same where a job sees its own folder alone', () => {
    expect(why(KEEPS, { subPath: true, own: { volumes: [] }, deployment: { volumes: [] } })).toBeUndefined();
  });

  test.each<[string, { own?: Policy; deployment?: Policy }]>([
    ['of the placement', { own: { volumes: ['saved'] } }],
    ['of the deployment', { deployment: { volumes: ['saved'] } }],
    ['of both', { own: { volumes: ['saved'] }, deployment: { volumes: ['saved'] } }],
  ])('takes no outputs where the whole volume would be mounted: policy %s', (_whose, policies) => {
    expect(why({ outputs: KEEPS.outputs }, { subPath: false, ...policies })).toBe(
      `would mount the whole volume "results" for outputs, where other jobs' are, too, and a policy keeps that volume from specs: let the policy's "volumes" name it, or keep outputs elsewhere`,
    );
    expect(why({ image: 'docker.io/team/train:1' }, { subPath: false, ...policies })).toBeUndefined();
  });

  test('takes no checkpoints there either', () => {
    const own = { volumes: ['results'] };
    expect(why({ outputs: KEEPS.outputs }, { subPath: false, own })).toBeUndefined();
    expect(why(KEEPS, { subPath: false, own })).toContain('the whole volume "saved" for checkpoints');
  });

  test('is one that the policy names, in any case or by a pattern, or no policy limits', () => {
    expect(why(KEEPS, { subPath: false })).toBeUndefined();
    expect(why(KEEPS, { subPath: false, own: { volumes: ['RESULTS', 's*'] } })).toBeUndefined();
    expect(why(KEEPS, { subPath: false, own: { secrets: [] } })).toBeUndefined();
  });
});
