import { appended, type LogWindow, prepended, rowsIn, windowOf } from '../../../dashboard/log/log-window';
import type { Gap } from '../../../domain/logs/log-index';

const GAP: Gap = { at: 6, kind: 'missing', why: 'the window had moved on' };

function part(from: number, text: string, gaps: readonly Gap[] = []) {
  return { from, bytes: new TextEncoder().encode(text), gaps };
}

/** Texts of the rows; a gap as `~`. */
function shown(window: LogWindow): readonly string[] {
  return rowsIn(window).map((row) => (row.kind === 'gap' ? '~' : row.text));
}

describe('the window on a log', () => {
  test('goes on with a line that was not whole', () => {
    const window = appended(windowOf(part(0, 'one\ntw')), part(6, 'o\nthree\n'));
    expect(shown(window)).toEqual(['one', 'two', 'three']);
    expect(window).toMatchObject({ from: 0, to: 14 });
  });

  test('goes back over a line that was not whole', () => {
    const window = prepended(windowOf(part(6, 'o\nthree\n')), part(0, 'one\ntw'));
    expect(shown(window)).toEqual(['one', 'two', 'three']);
    expect(window).toMatchObject({ from: 0, to: 14 });
  });

  test('puts a character together that was cut', () => {
    const bytes = new TextEncoder().encode('aä\n');
    const first = windowOf({ from: 0, bytes: bytes.subarray(0, 2), gaps: [] });
    expect(shown(appended(first, { from: 2, bytes: bytes.subarray(2), gaps: [] }))).toEqual(['aä']);
  });

  test('marks a gap where it is, once, however the log comes', () => {
    const whole = ['one', 'tw', '~', 'o', 'three'];
    expect(shown(windowOf(part(0, 'one\ntwo\nthree\n', [GAP])))).toEqual(whole);
    expect(shown(appended(windowOf(part(0, 'one\ntw')), part(6, 'o\nthree\n', [GAP])))).toEqual(whole);
    expect(shown(prepended(windowOf(part(6, 'o\nthree\n', [GAP])), part(0, 'one\ntw')))).toEqual(whole);
  });

  test('marks a gap at its end, and one in a log without a byte', () => {
    expect(shown(windowOf(part(0, 'one\nt\n', [GAP])))).toEqual(['one', 't', '~']);
    expect(shown(windowOf(part(6, '', [GAP])))).toEqual(['~']);
  });

  test('holds a few megabytes of a long log, and cuts a line of a megabyte into rows', () => {
    let window = windowOf(part(0, 'x'.repeat(1_000_000)));
    expect(rowsIn(window).every((row) => row.kind === 'text' && row.text.length <= 1_000)).toBe(true);
    for (let n = 0; n < 5; n += 1) window = appended(window, part(window.to, 'yyyyyyy\n'.repeat(125_000)));
    expect(window.to).toBe(6_000_000);
    expect(window.to - window.from).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(rowsIn(window).length).toBeLessThanOrEqual(200_000);
  });

  test('begins anew with a part that does not follow', () => {
    expect(shown(appended(windowOf(part(0, 'one\n')), part(100, 'far\n')))).toEqual(['far']);
  });
});
