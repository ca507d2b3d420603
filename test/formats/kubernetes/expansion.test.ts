import fc from 'fast-check';

import { escapeReferences, expand } from '../../../manifests/expansion';
import { problemsOf } from '../support/parse';
import { jobWith } from './support';

const VARIABLES = new Map<string, string | { readonly secret: true }>([
  ['STEPS', '500'],
  ['EMPTY', ''],
  ['DOLLARS', '$(STEPS)'],
  ['TOKEN', { secret: true }],
]);

function expanded(text: string): unknown {
  const result = expand(text, VARIABLES, 100);
  return result.kind === 'text' ? result.text : result;
}

describe('a reference to a variable', () => {
  test.each([
    ['--steps=$(STEPS)', '--steps=500'],
    ['$(STEPS)$(EMPTY)$(STEPS)', '500500'],
    ['$(DOLLARS)', '$(STEPS)'], // Put in once, not again.
    ['$$(STEPS)', '$(STEPS)'],
    ['$$$(STEPS)', '$500'],
    ['$$$$', '$$'],
    ['$(OTHER)', '$(OTHER)'],
    ['$(STEPS', '$(STEPS'],
    ['$STEPS ${STEPS} $', '$STEPS ${STEPS} $'],
    ['$()', '$()'],
  ])('%s becomes %s', (text, expected) => {
    expect(expanded(text)).toBe(expected);
  });

  test('to a secret is recognised as one', () => {
    expect(expanded('x$(TOKEN)')).toEqual({ kind: 'secret', name: 'TOKEN' });
  });

  test('does not make a text longer than it may be', () => {
    expect(expanded('$(STEPS)'.repeat(33))).toHaveLength(99);
    expect(expanded('$(STEPS)'.repeat(34))).toEqual({ kind: 'too-long' });
  });

  test('that is none is written so that it stays as it is', () => {
    expect(escapeReferences('cd $HOME && echo $(date) $$ 5$')).toBe('cd $HOME && echo $$(date) $$$$ 5$');
    const text = fc
      .array(fc.constantFrom('$', '(', ')', 'STEPS', '$(STEPS)', 'a'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (any) => {
        expect(expand(escapeReferences(any), VARIABLES, 10_000)).toEqual({ kind: 'text', text: any });
      }),
      { numRuns: 1_000 },
    );
  });
});

test('a few names that stand for a lot of text may put in no more than a spec holds, and the problem names the place', () => {
  const env = [{ name: 'B', value: 'x'.repeat(60_000) }];
  const args = Array.from({ length: 10 }, () => '$(B)');
  const problems = problemsOf(jobWith({ container: { command: ['run'], args, env } }));
  // Four times 60,000 characters are within 262,144, five are not.
  expect(problems).toHaveLength(6);
  expect(problems[0]).toMatch(
    /args\/4 has \$\(NAME\)s that would make the texts of the manifest longer than 262144/,
  );
});
