import fc from 'fast-check';

import { fits } from '../../../domain/spec/glob';
import { parseImageReference } from '../../../domain/spec/image-reference';
import { forbidden, policySchema } from '../../../domain/spec/policy';
import { refusal } from '../../support/on-aci';
import { testPlacement } from '../../support/placements';

describe('a pattern', () => {
  test.each([
    ['nvcr.io/nvidia/cuda:12', 'nvcr.io/nvidia/*', true],
    ['nvcr.io/nvidia/cuda:12', 'nvcr.io/*:12', true],
    ['nvcr.io/nvidia/cuda:12', '*', true],
    ['nvcr.io/nvidia', 'nvcr.io/nvidia/*', false],
    ['nvcr.io.evil.example/nvidia/x', 'nvcr.io/*', false],
    ['aba', 'ab*ba', false],
    ['a.azurecr.io', '*.azurecr.io', true],
    ['azurecr.io', '*.azurecr.io', false],
    ['a[b]', 'a[b]', true],
    ['ab', 'a[b]', false],
    ['a', 'a.', false],
  ])('%s against %s: %p', (text, pattern, expected) => {
    expect(fits(text, pattern)).toBe(expected);
  });

  test('means what the regular expression with .* in the place of each star means', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 }), letters, (text, pattern) => {
        expect(fits(text, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      }),
    );
  });
});

describe("an image's reference", () => {
  test.each([
    ['python', 'docker.io/library/python:latest'],
    ['python:3.12', 'docker.io/library/python:3.12'],
    ['team/app', 'docker.io/team/app:latest'],
    ['index.docker.io/team/app:1', 'docker.io/team/app:1'],
    ['NVCR.io/nvidia/cuda:12', 'nvcr.io/nvidia/cuda:12'],
    ['localhost/app', 'localhost/app:latest'],
    ['registry:5000/app:1', 'registry:5000/app:1'],
    [`a.io/app@sha256:${'0'.repeat(64)}`, `a.io/app@sha256:${'0'.repeat(64)}`],
    [`a.io/app:1@sha256:${'0'.repeat(64)}`, `a.io/app:1@sha256:${'0'.repeat(64)}`],
  ])('%s in full is %s', (text, full) => {
    expect(parseImageReference(text)?.full).toBe(full);
  });

  test.each(['', 'a/../b', 'a.io/team/../../x', 'App', 'a@b@c', 'a:', 'a//b', 'a.io/x:%2e', 'user@a.io/x'])(
    '"%s" is none',
    (text) => {
      expect(parseImageReference(text)).toBeUndefined();
    },
  );
});

describe('a policy', () => {
  test('limits nothing that it leaves out', () => {
    const used = { image: 'anything at all', registry: { server: 'x', identity: 'i', passwordRef: 'p' } };
    expect(forbidden(used, {})).toEqual([]);
  });

  test('names the field, its value and what is allowed', () => {
    expect(forbidden({ image: 'evil' }, { images: ['nvcr.io/*', 'docker.io/library/python:*'] })).toEqual([
      {
        pointer: '/image',
        message:
          'is "docker.io/library/evil:latest", which the policy does not allow; allowed images: nvcr.io/*, docker.io/library/python:*',
      },
    ]);
  });

  test('limits registries: of the image, and those that credentials are sent to', () => {
    const policy = { registries: ['*.azurecr.io'] };
    expect(forbidden({ image: 'a.azurecr.io/x', registry: { server: 'A.azurecr.io' } }, policy)).toEqual([]);
    expect(
      forbidden({ image: 'x', registry: { server: 'evil.example' } }, policy).map(({ pointer }) => pointer),
    ).toEqual(['/image', '/registry/server']);
  });

  test('limits identities in any case, as Azure compares resource ids', () => {
    const policy = { identities: ['/subscriptions/s/resourceGroups/g/*/jobs-pull'] };
    const registry = { server: 'a.io', identity: '/Subscriptions/S/resourcegroups/G/providers/x/jobs-pull' };
    expect(forbidden({ registry }, policy)).toEqual([]);
    expect(forbidden({ registry: { ...registry, identity: '/other' } }, policy)[0]?.pointer).toBe(
      '/registry/identity',
    );
  });

  test('limits what a program is, and the volumes that it mounts, by the names that placements give them', () => {
    const policy = { identities: ['train-*'], volumes: ['models', 'results'] };
    const volumes = [
      { name: 'models', path: '/models' },
      { name: 'payroll', path: '/payroll' },
    ];
    expect(forbidden({ identity: 'train-a', volumes: volumes.slice(0, 1) }, policy)).toEqual([]);
    expect(forbidden({ identity: 'admin', volumes }, policy)).toEqual([
      {
        pointer: '/identity',
        message: 'is "admin", which the policy does not allow; allowed identities: train-*',
      },
      {
        pointer: '/volumes/1/name',
        message: 'is "payroll", which the policy does not allow; allowed volumes: models, results',
      },
    ]);
  });

  test('limits secrets, wherever a spec names one; literal values name none', () => {
    const spec = {
      env: { A: { secretRef: 'jobs-token' }, B: { secretRef: 'payroll' }, C: { secure: 'v' }, D: 'text' },
      registry: { server: 'a.io', passwordRef: 'root' },
    };
    expect(forbidden(spec, { secrets: ['jobs-*'] }).map(({ pointer }) => pointer)).toEqual([
      '/registry/passwordRef',
      '/env/B/secretRef',
    ]);
    expect(forbidden(spec, { secrets: [] })).toHaveLength(3);
  });

  test('lets no text that is no reference slip by its patterns', () => {
    for (const policy of [{ images: ['a.io/team/*'] }, { registries: ['a.io'] }])
      expect(forbidden({ image: 'a.io/team/../other/x' }, policy)).toMatchObject([{ pointer: '/image' }]);
  });

  test('with a pattern of images that could never fit is refused', () => {
    expect(policySchema.safeParse({ images: ['python:*'] }).success).toBe(false);
    expect(policySchema.safeParse({ images: ['library/python'] }).success).toBe(false);
    expect(policySchema.safeParse({ images: ['*/team/*', 'localhost/x', 'a.io/x'] }).success).toBe(true);
  });

  test('of a placement makes that placement refuse, with the reason', () => {
    const placement = testPlacement({ policy: { registries: ['nvcr.io'] } });
    expect(refusal({ image: 'nvcr.io/nvidia/cuda:12' }, placement)).toBeUndefined();
    expect(refusal({ image: 'python' }, placement)).toBe(
      'has a policy: /image is "docker.io", which the policy does not allow; allowed registries: nvcr.io',
    );
  });
});
