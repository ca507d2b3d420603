// The options of pods/log, against the answers of a real kubelet about one and the same log.
import { type ContainerLog, createContainerLog } from '../../../../standins/kubernetes/log/container-log';
import { followLog, type LogOptions, readLog } from '../../../../standins/kubernetes/log/read-log';
import { recordedText } from '../recorded';

/** The recorded log, printed at the recorded times to the millisecond. */
function recordedLog(): ContainerLog {
  const log = createContainerLog();
  for (const line of recordedText('L1-11-log-timestamps').split('\n').slice(0, -1)) {
    const space = line.indexOf(' ');
    log.append(Buffer.from(`${line.slice(space + 1)}\n`), Date.parse(line.slice(0, space)));
  }
  log.end(Date.parse('2026-01-01T00:06:08.800Z'));
  return log;
}

const PLAIN: LogOptions = { timestamps: false };

/** Timestamps to the millisecond: the recorded nanoseconds came from another clock. */
function toTheMillisecond(text: string): string {
  return text.replaceAll(/^(\d{4}-\S+T\S+\.\d{3})\d{6}Z/gm, '$1Z');
}

function read(options: LogOptions): string {
  return readLog(recordedLog(), options).toString('utf8');
}

describe('A log is read as the kubelet reads it', () => {
  test('whole', () => {
    expect(read(PLAIN)).toBe(recordedText('L1-10-log'));
  });

  test('with timestamps of nine digits and a space before each line', () => {
    const shown = read({ timestamps: true });
    expect(toTheMillisecond(shown)).toBe(toTheMillisecond(recordedText('L1-11-log-timestamps')));
    expect(shown).toMatch(/^2026-01-01T00:06:06\.\d{9}Z /);
  });

  test('its last two lines', () => {
    expect(read({ ...PLAIN, tailLines: 2 })).toBe(recordedText('L1-12-log-tail'));
  });

  test('none of its lines', () => {
    expect(read({ ...PLAIN, tailLines: 0 })).toBe(recordedText('L1-13-log-tail0'));
  });

  test('its first thirty bytes, in the middle of a line', () => {
    expect(read({ ...PLAIN, limitBytes: 30 })).toBe(recordedText('L1-14-log-limitbytes'));
  });

  test('thirty bytes of which the timestamp takes all', () => {
    const shown = read({ timestamps: true, limitBytes: 30 });
    expect(toTheMillisecond(shown)).toBe(toTheMillisecond(recordedText('L1-15-log-limitbytes-ts')));
  });

  test('from a second on', () => {
    const shown = read({ timestamps: true, since: Date.parse('2026-01-01T00:06:07Z') });
    expect(toTheMillisecond(shown)).toBe(toTheMillisecond(recordedText('L1-16-log-sincetime')));
  });

  test('twenty bytes of the last three lines', () => {
    expect(read({ ...PLAIN, tailLines: 3, limitBytes: 20 })).toBe(recordedText('L1-19-log-tail-limit'));
  });
});

describe('A line is kept as it was printed', () => {
  test('a line of 40,000 bytes comes back in one piece under one timestamp, and no newline is added at the end', () => {
    const log = createContainerLog();
    log.append(
      Buffer.from(`${'x'.repeat(40_000)}\nno newline at end`),
      Date.parse('2026-01-01T00:10:32.838Z'),
    );
    log.end(Date.parse('2026-01-01T00:10:32.838Z'));
    const shown = toTheMillisecond(readLog(log, { timestamps: true }).toString('utf8'));
    expect(shown).toBe(toTheMillisecond(recordedText('L20-08-log')));
  });

  test('a carriage return is no end of a line', () => {
    const log = createContainerLog();
    log.append(Buffer.from('10%\r20%\r\ndone\n'), 0);
    expect(readLog(log, PLAIN).toString('utf8')).toBe('10%\r20%\r\ndone\n');
    expect(log.entries()).toHaveLength(2);
  });

  test('what lacks its newline is not in the file before the program has ended', () => {
    const log = createContainerLog();
    log.append(Buffer.from('half'), 0);
    expect(readLog(log, PLAIN)).toHaveLength(0);
    log.end(1);
    expect(readLog(log, PLAIN).toString('utf8')).toBe('half');
  });

  test('lines of one millisecond are told apart by their timestamps', () => {
    const log = createContainerLog();
    log.append(Buffer.from('same\n'.repeat(5_000)), Date.parse('2026-01-01T00:00:00Z'));
    const stamps = readLog(log, { timestamps: true })
      .toString('utf8')
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(new Set(stamps).size).toBe(5_001);
    expect(stamps.slice(0, -1)).toEqual(stamps.slice(0, -1).sort());
  });
});

describe('Rotation', () => {
  test('leaves only the new file to read', () => {
    const log = createContainerLog();
    log.append(Buffer.from('old\n'), 0);
    log.rotate();
    log.append(Buffer.from('new\n'), 1);
    expect(readLog(log, PLAIN).toString('utf8')).toBe('new\n');
  });

  test('does not keep a line from whoever follows', () => {
    const log = createContainerLog();
    const seen: string[] = [];
    followLog(log, PLAIN, {
      write: (chunk) => seen.push(chunk.toString('utf8')),
      end: () => seen.push('END'),
    });
    log.append(Buffer.from('old\n'), 0);
    log.rotate();
    log.append(Buffer.from('new\n'), 1);
    log.end(2);
    expect(seen).toEqual(['old\n', 'new\n', 'END']);
  });
});

describe('A followed log', () => {
  test('ends at once when the container has ended', () => {
    const seen: string[] = [];
    followLog(
      recordedLog(),
      { ...PLAIN, tailLines: 2 },
      { write: (chunk) => seen.push(chunk.toString('utf8')), end: () => seen.push('END') },
    );
    expect(seen.join('')).toBe(`${recordedText('L1-21-log-follow-finished')}END`);
  });

  test('ends when its limit of bytes is reached', () => {
    const log = createContainerLog();
    const seen: string[] = [];
    followLog(
      log,
      { ...PLAIN, limitBytes: 6 },
      { write: (chunk) => seen.push(chunk.toString('utf8')), end: () => seen.push('END') },
    );
    log.append(Buffer.from('1234\n5678\n9\n'), 0);
    expect(seen).toEqual(['1234\n', '5', 'END']);
  });

  test('tells nothing more to whoever has gone', () => {
    const log = createContainerLog();
    const seen: string[] = [];
    const stop = followLog(log, PLAIN, {
      write: (chunk) => seen.push(chunk.toString('utf8')),
      end: () => seen.push('END'),
    });
    log.append(Buffer.from('one\n'), 0);
    stop();
    log.append(Buffer.from('two\n'), 0);
    log.end(0);
    expect(seen).toEqual(['one\n']);
  });
});
