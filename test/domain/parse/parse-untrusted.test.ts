// A stranger's value never makes a schema throw.
import { parseJobSpec } from '../../../domain/spec/job-spec';

test.each([
  ['a mapping for a text', { image: { length: { toString: 0 } } }, '/image'],
  [
    'a mapping for a text of a list',
    { image: 'i', placements: [{ length: [{ toString: 0 }] }] },
    '/placements/0',
  ],
  ['a mapping for a list', { image: 'i', command: { length: { valueOf: 1, toString: 2 } } }, '/command'],
])('%s, with a length that is no number, is a problem where it stands', (_what, input, pointer) => {
  const parsed = parseJobSpec(input, 600);
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.pointer)).toContain(pointer);
});

test('a variable may be named length and be a secret', () => {
  const spec = { image: 'i', env: { length: { secure: 'x' } } };
  expect(parseJobSpec(spec, 600)).toEqual({ ok: true, spec });
});
