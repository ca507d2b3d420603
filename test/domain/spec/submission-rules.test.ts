import type { JobSpec } from '../../../domain/spec/job-spec';
import { redacted } from '../../../domain/spec/redact';
import { policyProblems } from '../../../domain/spec/submission-rules';

const secret: JobSpec = { image: 'a', env: { A: 'plain', B: { secure: 'hidden' } } };

describe('what may come by each way in', () => {
  test('a literal secret by HTTP only', () => {
    expect(policyProblems(secret, { literalSecrets: true, vault: true, arrays: true })).toEqual([]);
    expect(
      policyProblems(secret, { literalSecrets: false, vault: true, arrays: true }).map(
        ({ pointer }) => pointer,
      ),
    ).toEqual(['/env/B/secure']);
  });

  test('a reference only where a key vault is configured', () => {
    const spec: JobSpec = {
      image: 'a',
      env: { A: { secretRef: 'x' } },
      registry: { server: 's', passwordRef: 'y' },
    };
    for (const literalSecrets of [true, false]) {
      expect(policyProblems(spec, { literalSecrets, vault: true, arrays: true })).toEqual([]);
      expect(
        policyProblems(spec, { literalSecrets, vault: false, arrays: true }).map(({ pointer }) => pointer),
      ).toEqual(['/env/A/secretRef', '/registry/passwordRef']);
    }
  });
});

describe('what is kept of a refused message', () => {
  test('has no literal secret in it, at any depth', () => {
    const kept = redacted(Buffer.from(JSON.stringify({ ...secret, more: [{ secure: { deep: 'hidden' } }] })));
    expect(JSON.parse(kept.toString())).toEqual({
      image: 'a',
      env: { A: 'plain', B: { secure: '[redacted]' } },
      more: [{ secure: '[redacted]' }],
    });
  });

  test('is the bytes as they came when they are no JSON', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b]);
    expect(redacted(bytes)).toBe(bytes);
  });
});
