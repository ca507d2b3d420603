// The fuzzer sees what breaks its rules. Without this its silence would prove nothing.
import * as fc from 'fast-check';

import { fuzzTarget } from '../../../proofs/fuzz/fuzz';
import type { Target } from '../../../proofs/fuzz/target';

/** A parser of words, one of which breaks it. */
function parserThat(does: (word: string) => void, always: readonly string[] = []): Target {
  return {
    name: 'words',
    share: 1,
    inputs: fc.constantFrom('a', 'b', 'trouble'),
    always,
    parse: (word) => {
      does(word);
      return () => undefined;
    },
  };
}

test('a parser that holds is reported with its slowest input', () => {
  const report = fuzzTarget(
    parserThat(() => undefined),
    50,
    1,
  );
  expect(report).toMatchObject({ name: 'words', inputs: 50 });
  expect(report.failure).toBeUndefined();
});

test('one that throws fails with the input that makes it, and the seed that finds it again', () => {
  const target = parserThat((word) => {
    if (word === 'trouble') throw new Error('did not expect trouble');
  });
  expect(fuzzTarget(target, 200, 1).failure).toMatch(
    /^"trouble"[^]*did not expect trouble[^]*seed 1, path \d/,
  );
});

test('one that takes long fails', () => {
  const target = parserThat(
    (word) => {
      const until = process.cpuUsage().user + 130_000;
      while (word === 'trouble' && process.cpuUsage().user < until);
    },
    ['a', 'trouble'],
  );
  expect(fuzzTarget(target, 1, 1).failure).toMatch(/takes \d+ ms, at most 100 are allowed/);
});

test('one that changes a prototype fails', () => {
  const target = parserThat((word) => {
    if (word === 'trouble')
      Object.defineProperty(Object.prototype, 'polluted', { value: 1, configurable: true });
  });
  try {
    expect(fuzzTarget(target, 200, 1).failure).toMatch(/changes a prototype/);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted');
  }
});

test('one whose answer breaks a rule fails, with inputs that it always gets too', () => {
  const target: Target = {
    ...parserThat(() => undefined, ['always']),
    parse: (word) => () => {
      if (word === 'always') throw new Error('no place');
    },
  };
  expect(fuzzTarget(target, 10, 1).failure).toMatch(/^"always"[^]*no place/);
});
