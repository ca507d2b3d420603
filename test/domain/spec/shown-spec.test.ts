// A spec as it is shown: whole, except for what no reader may see.
import fc from 'fast-check';

import { type JobSpec, parseJobSpec } from '../../../domain/spec/job-spec';
import { shownSpec, withheldNames } from '../../../domain/spec/shown-spec';
import { withoutLiteralSecrets } from '../../../domain/spec/spec-hash';

const secret = fc.string({ minLength: 8 }).map((text) => `s3cret${text}`);
const spec = fc.record({
  image: fc.constant('i'),
  env: fc.dictionary(
    fc.stringMatching(/^[A-Z]{1,8}$/),
    fc.oneof(
      fc.constant('plain'),
      fc.record({ secretRef: fc.constant('ref') }),
      fc.record({ secure: secret }),
    ),
  ),
});

test('no literal secret is ever in it, nor its hash; everything else is', () => {
  fc.assert(
    fc.property(spec, (asked) => {
      const env = asked.env;
      const stored = withoutLiteralSecrets(asked, 'owner-key');
      for (const one of [asked as JobSpec, stored]) {
        const shown = shownSpec(one);
        expect(JSON.stringify(shown)).not.toMatch(/s3cret|hmac/);
        const names = Object.keys(env).filter((name) => {
          const value = env[name];
          return typeof value === 'object' && 'secure' in value;
        });
        expect(withheldNames(shown)).toEqual(names);
        for (const [name, value] of Object.entries(env))
          if (!names.includes(name)) expect(shown).toHaveProperty(['env', name], value);
      }
    }),
  );
});

test('it is a spec to submit again, where no secret is missing', () => {
  const asked: JobSpec = {
    image: 'i',
    env: { A: 'x', B: { secretRef: 'b' } },
    retry: { exitCodes: [3] },
    labels: { 'a/b': 'c' },
  };
  const shown = shownSpec({ ...asked, idempotencyKey: 'made another job' });
  expect(parseJobSpec(shown, 600)).toEqual({ ok: true, spec: asked });
});

test('a missing secret is named, with what to do', () => {
  const shown = shownSpec({ image: 'i', env: { TOKEN: { secure: 'x' } } });
  expect(parseJobSpec(shown, 600)).toEqual({
    ok: false,
    problems: [
      {
        pointer: '/env/TOKEN',
        message: expect.stringMatching(/^is a literal secret.*--secure-env/) as string,
      },
    ],
  });
});
