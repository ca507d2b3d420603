// The comparison itself sees every change of a recording, and no difference where only names differ.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { CaseFile } from '../../../proofs/conformance/case-file';
import { createReport } from '../../../proofs/conformance/report';
import { compareCase } from '../../../proofs/conformance/run-case';

const CASES = resolve(__dirname, '../../fixtures/conformance/cases');
const read = (name: string): CaseFile =>
  JSON.parse(readFileSync(join(CASES, `${name}.json`), 'utf8')) as CaseFile;
const COMPARED = [
  'episodes',
  'activities',
  'history',
  'statusHistory',
  'otherInstances',
  'steps',
  'final',
] as const;

/** Every single value of a recording, with a way to change it. */
function* leaves(value: unknown, path = ''): Generator<{ path: string; spoil: () => void }> {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const [name, member] of Object.entries(holder)) {
    const here = `${path}.${name}`;
    if (typeof member === 'object' && member !== null && Object.keys(member).length > 0)
      yield* leaves(member, here);
    else
      yield {
        path: here,
        spoil: () => (holder[name] = typeof member === 'string' ? `${member}!` : 'spoilt'),
      };
  }
}

it.each(['sub-failure-caught', 'can-text', 'event-no-data', 'terminate-on-timer'])(
  'sees every single change in %s',
  (name) => {
    const recorded = read(name);
    expect(compareCase(recorded, read(name), false)).toEqual([]);
    const paths = [...parts(read(name))].map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(30);
    for (const [index, path] of paths.entries()) {
      const ours = read(name);
      [...parts(ours)][index]?.spoil();
      expect({ path, seen: compareCase(recorded, ours, false).length > 0 }).toEqual({ path, seen: true });
    }
  },
  60_000,
);

function* parts(recording: CaseFile): ReturnType<typeof leaves> {
  for (const part of COMPARED) yield* leaves(recording[part], part);
}

it('does not mind other numbers of labels as long as the same ones are equal', () => {
  const renumbered = (change: (number: number) => number): CaseFile =>
    JSON.parse(
      readFileSync(join(CASES, 'sub-without-id.json'), 'utf8').replace(
        /<(t|exec)(\d+)/g,
        (_, kind: string, number: string) => `<${kind}${change(Number(number))}`,
      ),
    ) as CaseFile;
  const recorded = read('sub-without-id');
  expect(
    compareCase(
      recorded,
      renumbered((number) => number + 40),
      false,
    ),
  ).toEqual([]);
  expect(
    compareCase(
      recorded,
      renumbered((number) => (number === 3 ? 1 : number)),
      false,
    ),
  ).not.toEqual([]);
});

it('lets activities that ran side by side end in any order, but no others', () => {
  const turned = read('all-success');
  turned.activities.reverse();
  expect(compareCase(read('all-success'), turned, true)).toEqual([]);
  expect(compareCase(read('all-success'), turned, false)).not.toEqual([]);
});

it('knows all the cases', () => {
  expect(readdirSync(CASES).length).toBe(97);
});

describe('the report', () => {
  const known = [{ case: 'a', reason: 'a feature that the app does not use' }];
  const play = async (found: string[], isWhole = true): Promise<{ lines: string[]; good: boolean }> => {
    const lines: string[] = [];
    const report = createReport(known, (line) => lines.push(line));
    await report.add('a', undefined, () => Promise.resolve(found));
    await report.add('b', undefined, () => Promise.resolve([]));
    return { good: report.finish(isWhole), lines };
  };

  it('forgives a listed difference, with its reason', async () => {
    expect(await play(['x'])).toEqual({
      good: true,
      lines: ['differs as listed: a: a feature that the app does not use', '1 passed, 0 failed'],
    });
  });

  it('forgives differences at the listed places alone, and only while each of them differs', async () => {
    const at = async (found: string[]): Promise<{ good: boolean; lines: string[] }> => {
      const lines: string[] = [];
      const places = ['body.items[4].count'];
      const report = createReport([{ case: 'a', reason: 'a matter of chance', places }], (line) =>
        lines.push(line),
      );
      await report.add('a', undefined, () => Promise.resolve(found));
      return { good: report.finish(true), lines };
    };
    const count = 'body.items[4].count: recorded 3, here 2';
    expect((await at([count])).good).toBe(true);
    const more = await at([count, 'status: recorded 200, here 404']);
    expect(more.good).toBe(false);
    expect(more.lines.slice(0, 2)).toEqual([
      'DIFFERS OTHERWISE THAN LISTED a: a matter of chance',
      '  status: recorded 200, here 404',
    ]);
    const other = await at(['status: recorded 200, here 404']);
    expect(other.lines).toContain('  body.items[4].count: is alike, take it out');
  });

  it('does not forgive a listed case that passes', async () => {
    const { good, lines } = await play([]);
    expect(good).toBe(false);
    expect(lines[0]).toContain('BUT PASSES a');
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
  });

  it('does not forgive a listed case that does not exist', () => {
    const lines: string[] = [];
    expect(createReport(known, (line) => lines.push(line)).finish(true)).toBe(false);
    expect(lines).toEqual(['LISTED AS DIFFERENT, BUT DOES NOT EXIST a', '0 passed, 1 failed']);
  });

  it('counts a comparison that broke off as a difference', async () => {
    const lines: string[] = [];
    const report = createReport([], (line) => lines.push(line));
    await report.add('c', 'why', () => Promise.reject(new Error('broken')));
    expect(report.finish(true)).toBe(false);
    expect(lines.join('\n')).toContain('broke off: Error: broken');
  });
});
