import { createLogWriter, formatLogLine } from '../../../standins/functions-host/log-lines';

const at = new Date('2026-11-22T01:02:03.004Z');

test('a line has time, level, function and message; further lines are indented', () => {
  expect(
    formatLogLine({ level: 'warning', category: 'user', functionName: 'tick', message: 'one\ntwo\n' }, at),
  ).toBe('2026-11-22T01:02:03.004Z warn  tick: one\n    two');
});

test('lines below the level asked for are left out', () => {
  const written: string[] = [];
  const log = createLogWriter(
    'warning',
    () => at,
    (text) => written.push(text),
  );
  log({ level: 'information', category: 'system', message: 'quiet' });
  log({ level: 'error', category: 'system', message: 'loud' });
  expect(written).toEqual(['2026-11-22T01:02:03.004Z error host: loud\n']);
});
