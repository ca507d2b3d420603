import type { Placement } from '../../../domain/placement/placement';
import { preflight, refusal } from '../../../domain/spec/preflight';
import type { Wish } from '../../../domain/spec/wish';
import { mountingFacts } from '../../support/mounting-facts';
import { testPlacement } from '../../support/placements';

const SHARE = { url: 'https://account.file.core.windows.net/results' };
const PLACEMENT: Placement = {
  ...testPlacement({ identities: undefined, volumes: undefined }),
  identities: { trainer: {}, reader: { images: ['team.azurecr.io/reader:*'] } },
  volumes: {
    models: { readOnly: true },
    results: { share: SHARE },
    payroll: { images: ['team.azurecr.io/payroll/*'] },
  },
  outputs: { volume: 'results' },
};
const BARE: Placement = { ...PLACEMENT, identities: undefined, volumes: undefined, outputs: undefined };

function why(wish: Wish, placement: Placement = PLACEMENT, facts = mountingFacts()): string | undefined {
  return refusal({ image: 'docker.io/team/train:1', ...wish }, placement, facts);
}

function mounts(name: string, over: { readOnly?: boolean } = {}): Wish {
  return { volumes: [{ name, path: '/mnt', ...over }] };
}

describe('preflight of what a placement offers by name', () => {
  test('takes what is offered', () => {
    expect(
      why({
        identity: 'trainer',
        volumes: [
          { name: 'models', path: '/models' },
          { name: 'results', path: '/results' },
        ],
        scratch: [{ path: '/dev/shm', memory: true, sizeGb: 1 }],
        outputs: { path: '/outputs' },
        checkpoints: { path: '/checkpoints' },
        workingDir: '/srv',
      }),
    ).toBeUndefined();
  });

  test('refuses a name that is not offered, and tells those that are', () => {
    expect(why(mounts('data'))).toBe('offers no volume "data" (it offers models, results, payroll)');
    expect(why({ identity: 'admin' })).toBe('offers no identity "admin" (it offers trainer, reader)');
    expect(why(mounts('data'), BARE)).toBe('offers no volume "data" (it offers none)');
    expect(why({ identity: 'admin' }, BARE)).toBe('offers no identity "admin" (it offers none)');
  });

  test.each(['constructor', 'toString', '__proto__'])('offers nothing by the name %s', (name) => {
    expect(why(mounts(name))).toContain('offers no volume');
    expect(why({ identity: name })).toContain('offers no identity');
  });

  test('gives a volume and an identity to the images alone that they are for', () => {
    expect(why({ image: 'team.azurecr.io/payroll/sum:1', ...mounts('payroll') })).toBeUndefined();
    expect(why(mounts('payroll'))).toBe(
      'offers volume "payroll" to images team.azurecr.io/payroll/* alone, the job\'s is docker.io/team/train:1',
    );
    expect(why({ image: 'team.azurecr.io/reader:2', identity: 'reader' })).toBeUndefined();
    expect(why({ identity: 'reader' })).toContain(
      'offers identity "reader" to images team.azurecr.io/reader:*',
    );
  });

  test.each([
    'team.azurecr.io/payroll/../train:1',
    'team.azurecr.io.evil.example/payroll/sum:1',
    'evil@team.azurecr.io/payroll/sum:1',
    'payroll/sum:1',
  ])('takes %s for no image of a pattern that it only looks like', (image) => {
    expect(why({ image, ...mounts('payroll') })).toContain('offers volume "payroll" to images');
  });

  test('offers nothing to anyone where the list of images is empty', () => {
    const placement: Placement = { ...PLACEMENT, volumes: { closed: { images: [] } }, outputs: undefined };
    expect(why(mounts('closed'), placement)).toBe(
      'offers volume "closed" to no image, the job\'s is docker.io/team/train:1',
    );
  });

  test('mounts a volume that is read-only for reading, and refuses a job that asks to write there', () => {
    expect(why(mounts('models', { readOnly: true }))).toBeUndefined();
    expect(why(mounts('models', { readOnly: false }))).toBe(
      'offers volume "models" for reading alone, the job asks for "readOnly": false',
    );
    expect(why(mounts('results', { readOnly: false }))).toBeUndefined();
  });

  test('keeps outputs and checkpoints on the volume that is named for them', () => {
    expect(why({ checkpoints: { path: '/c' } }, BARE)).toBe(
      'keeps no checkpoints: they are read again, which takes a volume with a share, and it names none ("checkpoints": { "volume": … })',
    );
    const restricted: Placement = {
      ...PLACEMENT,
      volumes: { results: { share: SHARE, images: ['team.azurecr.io/*'] } },
    };
    expect(why({ checkpoints: { path: '/c' } }, restricted)).toContain(
      'offers checkpoints on volume "results" to images team.azurecr.io/* alone',
    );
  });

  test('keeps outputs without a volume, unless it says that it keeps none', () => {
    const outputs = { path: '/o' };
    expect(why({ outputs }, BARE)).toBeUndefined();
    expect(why({ outputs }, { ...BARE, outputs: 'none' })).toBe('keeps no outputs ("outputs": "none")');
    expect(why({ checkpoints: { path: '/c' } }, { ...BARE, outputs: 'none' })).toContain(
      'keeps no checkpoints',
    );
    const checkpoints = { volume: 'results' };
    const kept: Placement = { ...PLACEMENT, outputs: 'none', checkpoints };
    expect(why({ checkpoints: { path: '/c' } }, kept)).toBeUndefined();
  });

  test('keeps outputs without a volume for as long as an address lasts, and tells the numbers', () => {
    const outputs = { path: '/o' };
    const lasting = (running: number) => ({ outputs, deadlines: { running } });
    // 6.5 days are 561,600 s; the other deadlines are 3,300 s by default.
    expect(why(lasting(558_300), BARE)).toBeUndefined();
    expect(why(lasting(558_301), BARE)).toBe(
      "keeps outputs without a share, by an address that lasts 561600 s (6.5 days) at most, and the job's deadlines are 1200 s provisioning + 1800 s pulling + 558301 s running + 300 s archiving = 561601 s; shorten them, or take a placement that names a volume for outputs",
    );
    expect(why(lasting(604_800), PLACEMENT)).toBeUndefined();
    expect(why({ deadlines: { running: 604_800 } }, BARE)).toBeUndefined();
  });

  test('goes by what the platform can do with scratch and a working directory', () => {
    const plain = mountingFacts({ workingDir: false, scratch: { memory: false, sized: false } });
    expect(why({ scratch: [{ path: '/tmp/work' }] }, PLACEMENT, plain)).toBeUndefined();
    expect(why({ scratch: [{ path: '/dev/shm', memory: true }] }, PLACEMENT, plain)).toBe(
      'has no scratch in memory, the job asks for it at /dev/shm',
    );
    expect(why({ scratch: [{ path: '/tmp/work', sizeGb: 4 }] }, PLACEMENT, plain)).toBe(
      'can\'t limit what scratch holds, the job asks for 4 GB at /tmp/work; leave out "sizeGb"',
    );
    expect(why({ workingDir: '/srv' }, PLACEMENT, plain)).toBe(
      'can\'t start a program in another directory than its image\'s; leave out "workingDir" and let the command change into /srv',
    );
  });

  test('lets a job fall back only to placements that have what it names', () => {
    const other: Placement = { ...BARE, name: 'other' };
    const placements = [other, PLACEMENT];
    expect(preflight({ image: 'a', ...mounts('models') }, placements, () => mountingFacts())).toEqual({
      able: ['eastus'],
      refusals: { other: 'offers no volume "models" (it offers none)' },
    });
  });
});
