// Any positive number of GPUs may be asked for; what a placement lists and what its backend offers decide.
import { gpuCountSchema } from '../../../domain/spec/gpu';
import { refusal } from '../../../domain/spec/preflight';
import { generousFacts } from '../../support/generous-facts';
import { testPlacement } from '../../support/placements';

const ODD = testPlacement({ gpus: [{ sku: 'A100', counts: [3, 5, 8] }] });

test.each([1, 3, 5, 8, 72])('%i GPUs can be asked for', (count) => {
  expect(gpuCountSchema.parse(count)).toBe(count);
});

test.each([0, -1, 1.5, Number.NaN, '8'])('%p GPUs can not', (count) => {
  expect(gpuCountSchema.safeParse(count).success).toBe(false);
});

test.each([3, 5, 8])('a placement that lists %i gives them where its backend does', (count) => {
  expect(refusal({ gpu: { count } }, ODD, generousFacts())).toBeUndefined();
});

test.each([1, 2, 4, 6, 7, 9])(
  'a placement that lists 3, 5 and 8 refuses %i and says what it has',
  (count) => {
    expect(refusal({ gpu: { count } }, ODD, generousFacts())).toBe(
      `offers no ${count} × GPU (it offers A100 × 3/5/8)`,
    );
  },
);

test("a number that the placement lists is refused with the backend's own reason", () => {
  const facts = generousFacts({ offer: () => ({ kind: 'refuses', why: 'has no node with so many' }) });
  expect(refusal({ gpu: { count: 8 } }, ODD, facts)).toBe('has no node with so many');
});
