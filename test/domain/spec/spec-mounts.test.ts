import { type JobSpec, parseJobSpec, type SpecProblem } from '../../../domain/spec/job-spec';
import { specHash } from '../../../domain/spec/spec-hash';
import { withOverrides } from '../../../domain/spec/spec-overrides';

const WHOLE: JobSpec = {
  image: 'a',
  workingDir: '/',
  identity: 'trainer',
  volumes: [
    { name: 'models', path: '/mnt/models', readOnly: true },
    { name: 'models', path: '/mnt/models-2' },
  ],
  scratch: [
    { path: '/dev/shm', memory: true, sizeGb: 2 },
    { path: '/tmp/work', sizeGb: 0.5 },
  ],
  outputs: { path: '/outputs' },
  checkpoints: { path: '/checkpoints' },
};

function problems(over: object): readonly SpecProblem[] {
  const parsed = parseJobSpec({ image: 'a', ...over }, 600);
  return parsed.ok ? [] : parsed.problems;
}

function pointers(over: object): string[] {
  return problems(over).map(({ pointer }) => pointer);
}

describe('what a spec mounts', () => {
  test('is taken as it is written', () => {
    expect(parseJobSpec(WHOLE, 600)).toEqual({ ok: true, spec: WHOLE });
  });

  test.each([
    'data',
    '',
    '/',
    '//data',
    '/data/',
    '/data//in',
    '/../etc',
    '/data/..',
    '/data/../../etc',
    '/.',
    '/data/./in',
    '/a:b',
    '/a\\b',
    '/a\0b',
    '/a\nb',
    '/\ud800',
    `/${'x'.repeat(1024)}`,
  ])('stands at an absolute path in its shortest form: %j does not', (path) => {
    expect(new Set(pointers({ volumes: [{ name: 'models', path }] }))).toEqual(new Set(['/volumes/0/path']));
    expect(new Set(pointers({ scratch: [{ path }] }))).toEqual(new Set(['/scratch/0/path']));
    expect(new Set(pointers({ outputs: { path } }))).toEqual(new Set(['/outputs/path']));
    expect(new Set(pointers({ checkpoints: { path } }))).toEqual(new Set(['/checkpoints/path']));
    expect(pointers({ workingDir: path })).toEqual(
      path === '/' ? [] : expect.arrayContaining(['/workingDir']),
    );
  });

  test.each(['/...', '/.hidden', '/..data', '/a b', '/data/ü', '/dev/shm'])('may stand at %j', (path) => {
    expect(problems({ outputs: { path } })).toEqual([]);
  });

  test('is refused where two mounts are at one path, with both places', () => {
    expect(problems({ volumes: [{ name: 'models', path: '/data' }], outputs: { path: '/data' } })).toEqual([
      {
        pointer: '/outputs/path',
        message: 'is "/data", which is the path of /volumes/0; no two mounts may be at or in one path',
      },
    ]);
  });

  test('is refused where one mount lies in another, in whatever order they are written', () => {
    const message =
      'is "/data/tmp", which lies in "/data", the path of /volumes/0; no two mounts may be at or in one path';
    const volumes = [{ name: 'models', path: '/data' }];
    expect(problems({ volumes, scratch: [{ path: '/data/tmp' }] })).toEqual([
      { pointer: '/scratch/0/path', message },
    ]);
    expect(pointers({ volumes: [{ name: 'models', path: '/out/in' }], outputs: { path: '/out' } })).toEqual([
      '/volumes/0/path',
    ]);
    expect(pointers({ outputs: { path: '/kept' }, checkpoints: { path: '/kept/checkpoints' } })).toEqual([
      '/checkpoints/path',
    ]);
  });

  test('may stand beside a path that begins with the same letters', () => {
    expect(problems({ outputs: { path: '/data' }, checkpoints: { path: '/data-2' } })).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    ['a name with a slash', { volumes: [{ name: 'a/b', path: '/a' }] }, ['/volumes/0/name']],
    ['a name that leads elsewhere', { volumes: [{ name: '..', path: '/a' }] }, ['/volumes/0/name']],
    ['a resource id as an identity', { identity: '/subscriptions/s' }, ['/identity']],
    ['a part of a volume', { volumes: [{ name: 'a', path: '/a', subPath: 'x' }] }, ['/volumes/0/subPath']],
    [
      'a share of its own',
      { volumes: [{ path: '/a', share: 'x' }] },
      ['/volumes/0/name', '/volumes/0/share'],
    ],
    ['scratch of nothing', { scratch: [{ path: '/a', sizeGb: 0 }] }, ['/scratch/0/sizeGb']],
    [
      'seventeen volumes',
      { volumes: Array.from({ length: 17 }, (_, n) => ({ name: 'a', path: `/a${n}` })) },
      ['/volumes'],
    ],
    [
      'nine folders of scratch',
      { scratch: Array.from({ length: 9 }, (_, n) => ({ path: `/a${n}` })) },
      ['/scratch'],
    ],
  ])('is refused with %s', (_, over, expected) => {
    expect(pointers(over).toSorted()).toEqual(expected);
  });

  test('tells one spec from another, and is replaced by overrides', () => {
    const changed = withOverrides(WHOLE, {
      identity: 'other',
      outputs: { path: '/elsewhere' },
      volumes: null,
    });
    expect(changed.spec).toEqual({
      ...WHOLE,
      identity: 'other',
      outputs: { path: '/elsewhere' },
      volumes: undefined,
    });
    const members = ['workingDir', 'identity', 'volumes', 'scratch', 'outputs', 'checkpoints'] as const;
    const hashes = members.map((member) => specHash({ ...WHOLE, [member]: undefined }));
    expect(new Set([specHash(WHOLE), ...hashes]).size).toBe(7);
  });
});
