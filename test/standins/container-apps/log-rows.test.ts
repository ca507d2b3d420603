// When the rows of a workspace come, how often, and in what order.
import { OBSERVED_TIMES, scaledTimes } from '../../../standins/container-apps/times';
import { cells, LOGS, prints, running } from './log-queries';
import { NEVER_ENDS, type StageOptions, start, UNTIL_RUNNING } from './support';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Prints `first` at once, and `second` a minute later. */
const TWO_LINES: StageOptions = {
  scripts: [
    {
      prints: [
        { atMs: 0, text: 'first\n' },
        { atMs: MINUTE, text: 'second\n' },
      ],
    },
  ],
};

describe('A row', () => {
  test('is shown with its batch: not within 20 s, and surely after 25', async () => {
    const stage = await running(TWO_LINES);
    stage.pass(15 * SECOND);
    await expect(cells(stage)).rejects.toMatchObject({ statusCode: 400 });
    stage.pass(15 * SECOND);
    expect(await cells(stage)).toEqual(['first']);
  });

  test('comes the sooner the faster everything is', async () => {
    expect(scaledTimes(0.1)).toMatchObject({
      batchMs: OBSERVED_TIMES.batchMs / 10,
      ingestMs: OBSERVED_TIMES.ingestMs / 10,
    });
    const stage = await running({ ...TWO_LINES, times: scaledTimes(0.1) });
    stage.pass(3 * SECOND);
    expect(await cells(stage)).toEqual(['first']);
  });

  test('that is late comes after younger ones', async () => {
    const stage = await running({ scripts: [NEVER_ENDS] });
    stage.fault({ kind: 'late-log-rows', ms: 10 * MINUTE });
    await start(stage);
    stage.pass(UNTIL_RUNNING);
    stage.fault({ kind: 'late-log-rows', ms: 0 });
    await start(stage);
    stage.pass(MINUTE);
    expect(await cells(stage, `${LOGS} | count`)).toEqual([2]);
    stage.pass(10 * MINUTE);
    expect(await cells(stage, `${LOGS} | count`)).toEqual([3]);
  });

  test('may be late alone, among others that are not', async () => {
    const stage = await running(prints(20), { kind: 'late-log-rows', ms: 5 * MINUTE, every: 4 });
    stage.pass(MINUTE);
    expect(await cells(stage)).toHaveLength(15);
    stage.pass(5 * MINUTE);
    expect(await cells(stage)).toHaveLength(20);
  });

  test('may come a second time later, equal in every column', async () => {
    const stage = await running(prints(10), {
      kind: 'duplicate-log-rows',
      every: 1,
      afterMs: 5 * MINUTE,
    });
    stage.pass(MINUTE);
    expect(await cells(stage)).toHaveLength(10);
    stage.pass(5 * MINUTE);
    expect(await cells(stage)).toHaveLength(20);
    expect(await cells(stage, `${LOGS} | distinct TimeGenerated, time_t, Log_s`)).toHaveLength(10);
  });

  test.each([
    ['as-written', ['line 0', 'line 1', 'line 2']],
    ['reversed', ['line 2', 'line 1', 'line 0']],
  ] as const)('of an instant that others share stands among them %s', async (tiedRows, lines) => {
    const stage = await running({ ...prints(3), switches: { tiedRows } });
    stage.pass(MINUTE);
    expect(await cells(stage)).toEqual(lines);
  });
});
