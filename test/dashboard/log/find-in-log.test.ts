import { findInLog } from '../../../dashboard/log/find-in-log';
import type { ReadPart } from '../../../dashboard/log/read-part';

/** Serves a text in parts of at most three bytes. */
function logOf(text: string): { readonly read: ReadPart; readonly asked: number[] } {
  const bytes = new TextEncoder().encode(text);
  const asked: number[] = [];
  const read: ReadPart = ({ from = 0 }) => {
    asked.push(from);
    const part = bytes.subarray(from, from + 3);
    return Promise.resolve({ from, bytes: part, gaps: [], isFinal: from + part.length >= bytes.length });
  };
  return { read, asked };
}

const { signal } = new AbortController();
const find = (text: string, needle: string, start = 0) =>
  findInLog(logOf(text).read, needle, start, signal, () => undefined);

describe('a search of a log', () => {
  test.each([
    ['within a part', 'abc', 'bc', 1],
    ['across parts', 'abcdefgh', 'cdefg', 2],
    ['in any case', 'abcDEF', 'cde', 2],
    ['by bytes, not by characters', 'ääx', 'x', 4],
    ['of a character of several bytes', 'aäb', 'ä', 1],
    ['of one character', 'abcd', 'd', 3],
  ])('finds %s', async (_, text, needle, at) => {
    expect(await find(text, needle)).toEqual({ kind: 'found', at });
  });

  test('goes on behind what was found', async () => {
    expect(await find('ab ab ab', 'ab', 1)).toEqual({ kind: 'found', at: 3 });
  });

  test('says how far it looked', async () => {
    expect(await find('abcdefg', 'x')).toEqual({ kind: 'not found', to: 7 });
  });
});
