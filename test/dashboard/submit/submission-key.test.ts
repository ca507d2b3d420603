import { createKeyOf } from '../../../dashboard/submit/submission-key';

test('a document keeps its key until another one is asked about', () => {
  let count = 0;
  const keyOf = createKeyOf(() => `key-${++count}`);
  expect([keyOf('a'), keyOf('a'), keyOf('b'), keyOf('a')]).toEqual(['key-1', 'key-1', 'key-2', 'key-3']);
});
