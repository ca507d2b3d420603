// Tables on terminals of any width, and in pipes.
import fc from 'fast-check';

import { type Column, fittedTable } from '../../cli/show/fitted-table';
import { width } from '../../cli/show/table';
import { json } from '../client/support/scripted-fetch';
import { runGpujobs } from './support/cli-stage';

const COLUMNS: readonly Column[] = [
  { heading: 'ID' },
  { heading: 'NAME', least: 4 },
  { heading: 'GPU', goes: 2 },
  { heading: 'TIME', goes: 1 },
];
const ROWS = [
  ['j1', 'a name of some length', '1 × V100', '3 s'],
  ['j2', 'b', '-', '12 s'],
];
const terminal = (columns: number) => ({ write: () => true, isTTY: true, columns });

test('in a pipe nothing is shortened and nothing left out', () => {
  expect(fittedTable(COLUMNS, ROWS, { write: () => true })).toEqual([
    'ID  NAME                   GPU       TIME',
    'j1  a name of some length  1 × V100  3 s',
    'j2  b                      -         12 s',
  ]);
});

test('on a narrower terminal long cells are shortened first, then columns are left out in their order', () => {
  expect(fittedTable(COLUMNS, ROWS, terminal(30))).toEqual([
    'ID  NAME        GPU       TIME',
    'j1  a name of…  1 × V100  3 s',
    'j2  b           -         12 s',
  ]);
  expect(fittedTable(COLUMNS, ROWS, terminal(20))[1]).toBe('j1  a nam…  1 × V100'); // 2 + 2 + 6 + 2 + 8 characters.
  expect(fittedTable(COLUMNS, ROWS, terminal(10))[1]).toBe('j1  a nam…');
});

test('no line is wider than the terminal', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.string(), fc.string(), fc.string()), { maxLength: 4 }),
      fc.integer({ min: 1, max: 120 }),
      (rows, columns) => {
        for (const line of fittedTable(COLUMNS, rows, terminal(columns)))
          expect(width(line)).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

describe('a list of jobs', () => {
  const jobs = [
    {
      id: 'jabc0000000000000001',
      name: 'nightly training of the large model',
      state: 'Failed',
      cleanup: 'gone',
      attempt: 1,
      labels: {},
      placement: 'production-westeurope',
      gpu: { count: 1, sku: 'V100' },
      reason: { code: 'image-not-found', class: 'user', message: 'there is no such image in the registry' },
      createdAt: '2026-01-31T11:01:00.000Z',
    },
  ];

  test('fits 80 columns, its ids and states whole', async () => {
    let out = '';
    const stdout = { write: (text: unknown) => void (out += String(text)), isTTY: true, columns: 80 };
    await runGpujobs(['list'], () => json({ jobs }), { host: { stdout }, env: { NO_COLOR: '1' } });
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
    expect(lines[1]).toMatch(/^jabc0000000000000001 {2}nightly.*… {2}Failed .* {2}image-not-/);
  });

  test('says what a workload waits for where a reason would stand', async () => {
    const waiting = { ...jobs[0], state: 'Provisioning', reason: undefined, lacks: 'capacity' };
    const { out } = await runGpujobs(['list'], () => json({ jobs: [waiting] }));
    expect(out).toMatch(/ Provisioning .* waits for capacity$/m);
  });

  test('in a pipe is whole and without colour', async () => {
    const { out } = await runGpujobs(['list'], () => json({ jobs }));
    expect(out).toContain('nightly training of the large model  Failed  1 × V100  production-westeurope');
    expect(out).toContain('there is no such image in the registry');
    expect(out).not.toContain('\u001b');
  });

  test('shows the control characters of a name instead of obeying them', async () => {
    const { out } = await runGpujobs(['list'], () =>
      json({ jobs: [{ ...jobs[0], name: 'a\u001b[2J\nb\u009b' }] }),
    );
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(out).toContain(String.raw`a\u001b[2J\nb\u009b`);
  });
});
