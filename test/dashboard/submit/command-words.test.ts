import fc from 'fast-check';

import { textOf, wordsOf } from '../../../dashboard/submit/command-words';

test.each([
  ['python train.py  --epochs 5', ['python', 'train.py', '--epochs', '5']],
  ['sh -c \'cd /data && exec "$0"\'', ['sh', '-c', 'cd /data && exec "$0"']],
  ['say "a \\"b\\" \\n" c\\ d', ['say', 'a "b" \\n', 'c d']],
  ["--name='' two\nlines", ['--name=', 'two', 'lines']],
  ["''", ['']],
  ['  ', []],
])('%s is read as its words', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test.each(["it's", 'say "a', 'end\\'])('%s has a quote that is not closed', (text) => {
  expect(wordsOf(text)).toBeUndefined();
});

test('any words are written so that they are read again', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
      expect(wordsOf(textOf(words))).toEqual(words);
    }),
  );
});
