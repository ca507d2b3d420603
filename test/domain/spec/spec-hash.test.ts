import { createHash } from 'node:crypto';

import type { JobSpec } from '../../../domain/spec/job-spec';
import {
  canonicalJson,
  literalSecrets,
  specHash,
  withoutLiteralSecrets,
} from '../../../domain/spec/spec-hash';

const SECRET = 's3cret';
const spec: JobSpec = {
  image: 'a:1',
  env: { B: { secure: SECRET }, A: 'x', C: { secretRef: 'vault-name' } },
};

describe('canonical JSON', () => {
  test('sorts keys at every depth, keeps the order of lists, leaves undefined members out', () => {
    const value = { b: [{ d: 1, c: null }, 'x'], a: undefined, A: true };
    expect(canonicalJson(value)).toBe('{"A":true,"b":[{"c":null,"d":1},"x"]}');
  });

  test('escapes as JSON does', () => {
    expect(canonicalJson({ 'k"': 'é\n' })).toBe('{"k\\"":"é\\n"}');
  });
});

describe('a spec hash', () => {
  test('is SHA-256 of the canonical JSON', () => {
    const canonical = '{"env":{"A":"x","b":"y"},"image":"a:1"}';
    expect(specHash({ image: 'a:1', env: { b: 'y', A: 'x' } })).toBe(
      createHash('sha256').update(canonical).digest('hex'),
    );
  });

  test('is the same whatever the order of the fields, and another for any other value', () => {
    expect(specHash({ env: { A: '1', B: '2' }, image: 'i' })).toBe(
      specHash({ image: 'i', env: { B: '2', A: '1' } }),
    );
    expect(specHash({ image: 'i', args: ['a', 'b'] })).not.toBe(specHash({ image: 'i', args: ['b', 'a'] }));
  });

  test('is taken before defaults: asking for a default is another spec', () => {
    expect(specHash({ image: 'i', retry: { attempts: 3 } })).not.toBe(specHash({ image: 'i' }));
  });

  test('does not depend on where the idempotency key was given', () => {
    expect(specHash({ image: 'i', idempotencyKey: 'k' })).toBe(specHash({ image: 'i' }));
  });
});

describe('literal secrets', () => {
  test('are found by variable name', () => {
    expect(literalSecrets(spec)).toEqual({ B: SECRET });
    expect(literalSecrets({ image: 'i' })).toEqual({});
  });

  test('are replaced by their HMAC under the owner key, everything else stays', () => {
    const stored = withoutLiteralSecrets(spec, 'k');
    expect(stored.env).toEqual({
      A: 'x',
      // Computed apart: HMAC-SHA-256 of "s3cret" under "k".
      B: { secure: 'hmac-sha256:15c94589de4534f90596c437082eaab6e2a8624a0504fdd702eba3e230bd8663' },
      C: { secretRef: 'vault-name' },
    });
    expect(JSON.stringify(stored)).not.toContain(SECRET);
    expect(spec.env?.['B']).toEqual({ secure: SECRET });
  });

  test('still tell two specs apart, and two owners never give the same stand-in', () => {
    const other: JobSpec = { ...spec, env: { ...spec.env, B: { secure: 'another' } } };
    expect(specHash(withoutLiteralSecrets(spec, 'k'))).not.toBe(specHash(withoutLiteralSecrets(other, 'k')));
    expect(specHash(withoutLiteralSecrets(spec, 'k'))).not.toBe(specHash(withoutLiteralSecrets(spec, 'l')));
  });
});
