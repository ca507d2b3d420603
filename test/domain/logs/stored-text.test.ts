import { storedText } from '../../../domain/logs/stored-text';
import type { StoredLine } from '../../../domain/ports/log-store';

function line(at: number, text: string, more: Partial<StoredLine> = {}): StoredLine {
  return { at: `2026-06-12T11:52:29.${String(at).padStart(7, '0')}Z`, stream: 'stdout', text, ...more };
}

it('ends each line, in the order of the rows', () => {
  const { bytes, doubt } = storedText([line(1, 'one'), line(1, 'two'), line(2, ''), line(3, 'Grüße')]);
  expect(bytes.toString()).toBe('one\ntwo\n\nGrüße\n');
  expect(doubt).toBeUndefined();
});

it('writes a row that is there twice once, and says where this begins', () => {
  const { bytes, doubt } = storedText([line(1, 'one'), line(2, 'two'), line(2, 'two'), line(3, 'three')]);
  expect(bytes.toString()).toBe('one\ntwo\nthree\n');
  expect(doubt?.at).toBe('one\ntwo\n'.length);
  expect(doubt?.why).toContain('1 row that repeat');
});

it('keeps a line that is printed again at another instant, or on the other stream', () => {
  const rows = [line(1, 'tick'), line(2, 'tick'), line(2, 'tick', { stream: 'stderr' })];
  expect(storedText(rows)).toEqual({ bytes: Buffer.from('tick\ntick\ntick\n') });
});

it('joins a row of the greatest length with the next one, and says so', () => {
  const rows = [line(1, 'begins '), line(2, 'a long', { mayGoOn: true }), line(2, ' line')];
  const { bytes, doubt } = storedText(rows);
  expect(bytes.toString()).toBe('begins \na long line\n');
  expect(doubt).toMatchObject({ at: 8, why: expect.stringContaining('line end may be missing') as string });
});

it('makes nothing of no rows', () => {
  expect(storedText([])).toEqual({ bytes: Buffer.alloc(0) });
});
