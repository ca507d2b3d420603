import fc from 'fast-check';

import { askedFrom, mergedLog } from '../../../../backends/kubernetes/logs/log-merge';
import { positionOf } from '../../../../backends/kubernetes/logs/log-position';
import { stampedLines } from '../../../../backends/kubernetes/logs/stamped-lines';
import type { LogContinuation } from '../../../../domain/logs/log-read';
import { ServedPodLog } from './served-log';

const START = BigInt(Date.parse('2026-01-01')) * 1_000_000n;
const STARTED_AT = Date.parse('2026-01-01');
const MS = 1_000_000n;

function look(
  log: ServedPodLog,
  position?: string,
  incarnation = 'pod-0',
  startedAt = STARTED_AT,
): LogContinuation {
  const served = stampedLines(log.body(askedFrom(position, incarnation)));
  if (served.kind !== 'lines') throw new Error(served.says);
  return mergedLog({ incarnation, lines: served.lines, startedAt }, position);
}

/** A log and what its archive has of it; each look goes on where the one before ended. */
function archive() {
  const log = new ServedPodLog();
  let position: string | undefined;
  let archived = '';
  const holes: string[] = [];
  return {
    log,
    holes,
    archived: () => archived,
    look: () => {
      const read = look(log, position);
      if (read.begins?.hole !== undefined) holes.push(read.begins.hole.kind);
      archived += read.bytes.toString();
      position = read.position;
    },
  };
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      after: fc.constantFrom(0n, 0n, 1n, 500n, 999_999_999n, 1_000_000_000n, 61_000_000_000n),
      text: fc.constantFrom(
        'same\n',
        'same\n',
        'a\rb\r\n',
        'no end',
        '\n',
        'ä€\n',
        '2026-01-01T00:00:00.000000000Z x\n',
      ),
      // The other stream, stamped before and written after.
      early: fc.constantFrom(0n, 0n, 0n, 900n),
    }),
  },
  { weight: 2, arbitrary: fc.constant('look' as const) },
);

test('looks at any moments take each byte once, whatever the times of its lines', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const scene = archive();
      let now = START + 5_000n * MS;
      for (const one of steps) {
        if (one === 'look') scene.look();
        else {
          now += one.after;
          scene.log.print(now - one.early, one.text);
        }
      }
      scene.look();
      expect(scene.archived()).toBe(scene.log.printed);
      expect(scene.holes).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('what a rotation took is a hole, and nothing comes twice', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('print', 'print', 'look', 'rotate'), { maxLength: 40 }), (steps) => {
      const scene = archive();
      let printed = 0;
      let unseen = 0;
      let lost = 0;
      let isFirst = true;
      for (const [at, one] of steps.entries()) {
        if (one === 'print') {
          scene.log.print(START + BigInt(at) * 300n * MS, `line ${(printed += 1)}\n`);
          unseen += 1;
        } else if (one === 'look') {
          scene.look();
          isFirst &&= unseen === 0;
          unseen = 0;
        } else if (!isFirst) {
          lost += unseen;
          unseen = 0;
          scene.log.rotate();
        }
      }
      scene.look();
      const lines = scene.archived().split('\n').slice(0, -1);
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines).toHaveLength(printed - lost);
      if (lost > 0) expect([...new Set(scene.holes)].every((kind) => kind === 'missing')).toBe(true);
    }),
  );
});

test('a rotation is noticed by the lines that are no longer there', () => {
  const scene = archive();
  scene.log.print(START, 'one\ntwo\n');
  scene.look();
  scene.log.print(START, 'lost\n');
  scene.log.rotate();
  scene.look();
  expect(scene.holes).toEqual([]);
  scene.log.print(START + 100n * MS, 'three\n');
  scene.look();
  expect(scene.holes).toEqual(['missing']);
  expect(scene.archived()).toBe('one\ntwo\nthree\n');
});

test('the log of another start begins anew', () => {
  const log = new ServedPodLog();
  log.print(START, 'the same\n');
  const { position } = look(log);
  const read = look(log, position, 'pod-1');
  expect(read).toMatchObject({ bytes: Buffer.from('the same\n'), begins: { hole: { kind: 'restarted' } } });
});

test('a position without news stays as it is', () => {
  const log = new ServedPodLog();
  log.print(START, 'one\n');
  const { position } = look(log);
  expect(look(log, position)).toEqual({ kind: 'after', bytes: Buffer.alloc(0), position });
});

describe('the first look', () => {
  test('has the first bytes where the program was silent until now', () => {
    const log = new ServedPodLog();
    log.print(START + 120_000n * MS, 'epoch 1\n');
    expect(look(log).begins).toEqual({ position: 'pod-0/0/0/0/0' });
  });

  test('can not tell so of a program that prints a lot and began long ago', () => {
    const log = new ServedPodLog();
    for (let second = 0; second < 30; second += 1)
      log.print(START + BigInt(600 + second) * 1_000n * MS, `${'x'.repeat(100_000)}\n`);
    expect(look(log).begins).toMatchObject({ hole: { kind: 'not-provable' } });
  });
});

describe('an answer', () => {
  test('that begins without a time is no log', () => {
    const says = 'unable to retrieve container logs for containerd://bf2183';
    expect(stampedLines(Buffer.from(says))).toEqual({ kind: 'no-log', says });
  });

  test('counts up to where the kubelet writes of its own trouble', () => {
    const served = stampedLines(Buffer.from('2026-01-01T00:00:00.5Z one\nrpc error: code = Unavailable'));
    expect(served).toEqual({
      kind: 'lines',
      lines: [{ at: START + 500n * MS, text: Buffer.from('one\n') }],
    });
  });

  test('that is cut within a time has the lines before it', () => {
    const served = stampedLines(Buffer.from('2026-01-01T00:00:00.5Z one\n2026-01-01T00:0'), true);
    expect(served.kind === 'lines' ? served.lines.length : 0).toBe(1);
  });

  test('may have times with an offset', () => {
    const served = stampedLines(Buffer.from('2026-01-01T01:00:00.000000001+01:00 one\n'));
    expect(served).toMatchObject({ lines: [{ at: START + 1n }] });
  });
});

test('a position in other words is refused', () => {
  for (const text of ['', 'pod/1', 'pod/1/2/3/x', 'a b/1/2/3/4'])
    expect(() => positionOf(text)).toThrow(/position/);
});
