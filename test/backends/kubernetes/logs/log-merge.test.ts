import fc from 'fast-check';

import { askedFrom, mergedLog } from '../../../../backends/kubernetes/logs/log-merge';
import { positionOf } from '../../../../backends/kubernetes/logs/log-position';
import { servedLog, untilUnstamped } from '../../../../backends/kubernetes/logs/stamped-lines';
import type { LogContinuation } from '../../../../domain/logs/log-read';
import { ServedPodLog } from './served-log';

const START = BigInt(Date.parse('2026-01-01')) * 1_000_000n;
const STARTED_AT = Date.parse('2026-01-01');
const MS = 1_000_000n;

interface Look {
  readonly incarnation?: string;
  /** Of what is new, bytes. */
  readonly portion?: number;
}

/** One read, which is repeated with twice the length while it comes to nothing new. */
function look(
  log: ServedPodLog,
  position?: string,
  { incarnation = 'pod-0', portion = 1_000_000 }: Look = {},
): LogContinuation {
  for (let most = portion; ; most *= 2) {
    const body = log.body(askedFrom(position, incarnation), most);
    const isCut = body.length >= most;
    const served = servedLog(body, isCut);
    if (served.kind !== 'lines') throw new Error(served.says);
    const { lines } = served;
    const merged = mergedLog({ incarnation, lines, isCut, archived: 0, startedAt: STARTED_AT }, position);
    if (merged?.kind === 'unavailable') throw new Error(merged.why);
    if (merged !== undefined) return merged;
  }
}

/** A log and what its archive has of it; each look goes on where the one before ended. */
function archive(portion = 1_000_000) {
  const log = new ServedPodLog();
  let position: string | undefined;
  const parts: Buffer[] = [];
  const holes: string[] = [];
  return {
    log,
    holes,
    archived: () => Buffer.concat(parts).toString(),
    look: () => {
      for (let hasMore = true; hasMore;) {
        const read = look(log, position, { portion });
        if (read.begins?.hole !== undefined) holes.push(read.begins.hole.kind);
        parts.push(read.bytes);
        ({ position, hasMore } = read);
      }
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

test('looks at any moments take each byte once, whatever the times of its lines and the length of portions', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.constantFrom(1, 40, 200, 1_000_000),
      (steps, portion) => {
        const scene = archive(portion);
        let now = START + 5_000n * MS;
        for (const one of steps) {
          if (one === 'look') scene.look();
          else {
            now += one.after;
            // The API glues what the other stream writes into an open line. Where it was stamped in an earlier second,
            // an answer from the next second on has one line less to see. That is not tried here.
            const early = scene.log.printed.endsWith('\n') ? one.early : 0n;
            scene.log.print(now - early, one.text);
          }
        }
        scene.look();
        expect(scene.archived()).toBe(scene.log.printed);
        expect(scene.holes).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
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

test('a log of one open line is not taken for the same one after a rotation', () => {
  const scene = archive();
  scene.log.print(START, 'epoch 1 ');
  scene.look();
  scene.log.print(START + MS, 'lost ');
  scene.log.rotate();
  scene.log.print(START + 2n * MS, 'epoch 2 and 3');
  scene.look();
  expect(scene.holes).toEqual(['missing']);
  expect(scene.archived()).toBe('epoch 1 epoch 2 and 3');
});

test('a log whose first look took nothing of it is not taken for the same one after a rotation', () => {
  const log = new ServedPodLog();
  log.print(START, 'lost\n');
  const { begins } = look(log);
  log.rotate();
  log.print(START + MS, 'kept\n');
  const read = look(log, begins?.position);
  expect(read).toMatchObject({ bytes: Buffer.from('kept\n'), begins: { hole: { kind: 'missing' } } });
});

test('an answer that broke off before the line taken last, or within it, says nothing', () => {
  const log = new ServedPodLog();
  log.print(START, 'one\n');
  log.print(START + MS, 'two is longer\n');
  const { position } = look(log);
  const body = log.body(askedFrom(position, 'pod-0'));
  for (const length of [20, 34, 36, 60, 75, body.length - 1]) {
    const served = servedLog(body.subarray(0, length));
    if (served.kind === 'no-log') continue;
    const { lines } = served;
    const incarnation = 'pod-0';
    const merged = mergedLog({ incarnation, lines, isCut: false, archived: 0, startedAt: 0 }, position);
    expect(merged?.kind).toBe('unavailable');
  }
});

test('an answer may begin within a line that was begun earlier', () => {
  const scene = archive();
  scene.log.print(START, 'a line that ');
  scene.log.print(START + 5_000n * MS, 'took long\n');
  scene.log.print(START + 5_100n * MS, 'next\n');
  scene.look();
  scene.log.print(START + 5_200n * MS, 'news\n');
  scene.look();
  expect(scene.archived()).toBe(scene.log.printed);
  expect(scene.holes).toEqual([]);
});

test('the log of another start begins anew', () => {
  const log = new ServedPodLog();
  log.print(START, 'the same\n');
  const { position } = look(log);
  const read = look(log, position, { incarnation: 'pod-1' });
  expect(read).toMatchObject({ bytes: Buffer.from('the same\n'), begins: { hole: { kind: 'restarted' } } });
});

test('a position without news stays as it is', () => {
  const log = new ServedPodLog();
  log.print(START, 'one\n');
  const { position } = look(log);
  expect(look(log, position)).toEqual({ kind: 'after', bytes: Buffer.alloc(0), position, hasMore: false });
});

describe('how long the log is kept', () => {
  /** A line of 99,959 bytes takes 100,000 on disk: its time, stream and tag are 41. */
  const line = `${'x'.repeat(99_959)}\n`;
  const afterLines = (count: number): LogContinuation => {
    const log = new ServedPodLog();
    for (let second = 0; second < count - 1; second += 1)
      log.print(START + BigInt(second) * 1_000n * MS, line);
    const { position } = look(log, undefined, { portion: 50_000_000 });
    log.print(START + BigInt(count) * 1_000n * MS, line);
    return look(log, position);
  };

  test('is half of what is left of its file, at the pace of late', () => {
    // 5 MB are left of 10 MiB. The last line came two seconds after the one before it: 50 kB a second.
    const { keptMs = 0 } = afterLines(50);
    expect(keptMs / 1_000).toBeCloseTo((10 * 1024 * 1024 - 50 * 100_000) / 2 / 50_000, 1);
  });

  test('is never less than the time of some kilobytes, because the node may let files grow larger', () => {
    expect((afterLines(130).keptMs ?? 0) / 1_000).toBeCloseTo((256 * 1024) / 50_000, 1);
  });

  test('is not told where nothing came, or all of it at one time', () => {
    const log = new ServedPodLog();
    log.print(START, 'one\n');
    const first = look(log);
    expect(first.keptMs).toBeUndefined();
    expect(look(log, first.position).keptMs).toBeUndefined();
  });
});

describe('the first look', () => {
  test('has the first bytes where the program was silent until now', () => {
    const log = new ServedPodLog();
    log.print(START + 120_000n * MS, 'epoch 1\n');
    expect(look(log).begins).toEqual({ position: 'pod-0/2026-01-01T00:02:00.000000000Z/1/0/0/0' });
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
    expect(servedLog(Buffer.from(says))).toEqual({ kind: 'no-log', says });
  });

  test.each([
    ['counts up to where the kubelet writes of its own trouble', 'rpc error: code = Unavailable', false],
    ['that is cut within a time has the lines before it', '2026-01-01T00:0', true],
  ])('%s', (_, end, isCut) => {
    const served = servedLog(Buffer.from(`2026-01-01T00:00:00.5Z one\n${end}`), isCut);
    const lines = served.kind === 'lines' ? untilUnstamped(served.lines) : [];
    expect(lines).toEqual([{ stamp: '2026-01-01T00:00:00.5Z', text: Buffer.from('one\n') }]);
  });

  test('may have times with an offset', () => {
    const served = servedLog(Buffer.from('2026-01-01T01:00:00.000000001+01:00 one\n'));
    expect(served).toMatchObject({ lines: [{ stamp: '2026-01-01T01:00:00.000000001+01:00' }] });
  });
});

test('a position in other words is refused', () => {
  for (const text of ['', 'pod/1', 'pod/t/2/3/4/5', 'pod//2/3/4/x', 'a b//2/3/4/5'])
    expect(() => positionOf(text)).toThrow(/position/);
});
