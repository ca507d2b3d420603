// How much of a result a query gives, and how it says that this is not all.
import { cells, clientOf, LINES, LOGS, prints, query, running } from './log-queries';
import { request, type Stage, WORKSPACE } from './support';

const MINUTE = 60_000;

describe('A result', () => {
  const TOO_LARGE = expect.stringContaining('E_QUERY_RESULT_SET_TOO_LARGE') as string;

  async function raw(stage: Stage): Promise<unknown> {
    return (await request(stage.handle, 'POST', `/v1/workspaces/${WORKSPACE}/query`, { query: LINES })).body;
  }

  test('of more rows than a query may give is cut, and says so', async () => {
    const stage = await running({
      ...prints(10),
      settings: { queryLimits: { rows: 4, bytes: 1_000_000, in30Seconds: 200 } },
    });
    stage.pass(MINUTE);
    const result = await query(stage, LINES);
    expect(result).toMatchObject({
      status: 'PartialFailure',
      partialTables: [{ rows: [['line 0'], ['line 1'], ['line 2'], ['line 3']] }],
      partialError: { code: 'PartialError', details: [{ code: 'EngineError' }] },
    });
    // The client drops this: it is the only word that tells a cut from another failure.
    expect(await raw(stage)).toMatchObject({
      error: { details: [{ innererror: { code: '-2133196797', message: TOO_LARGE } }] },
    });
    expect(await cells(stage, `${LINES} | take 4`)).toHaveLength(4);
  });

  test('of more bytes than a query may give is cut before the row that is too much', async () => {
    // A row is `["line 0"]`: ten bytes.
    const stage = await running(prints(10), { kind: 'result-limits', bytes: 35 });
    stage.pass(MINUTE);
    expect(await query(stage, LINES)).toMatchObject({
      status: 'PartialFailure',
      partialTables: [{ rows: [['line 0'], ['line 1'], ['line 2']] }],
    });
    expect(await raw(stage)).toMatchObject({
      error: { details: [{ innererror: { message: expect.stringContaining('35 bytes') as string } }] },
    });
  });

  test('may be given up halfway, once, whatever its size', async () => {
    const stage = await running(prints(10), { kind: 'partial-result', count: 1, rows: 2 });
    stage.pass(MINUTE);
    expect(await query(stage, LINES)).toMatchObject({
      status: 'PartialFailure',
      partialTables: [{ rows: [['line 0'], ['line 1']] }],
    });
    expect(await cells(stage)).toHaveLength(10);
  });

  test('without rows has its columns all the same', async () => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    const endTime = new Date(stage.now() - 2 * MINUTE * 60);
    const result = await clientOf(stage).queryWorkspace(
      WORKSPACE,
      `${LOGS} | where Log_s == 'none' | project Log_s`,
      { duration: 'PT1H', endTime },
    );
    expect(result).toMatchObject({
      status: 'Success',
      tables: [{ columnDescriptors: [{ name: 'Log_s' }], rows: [] }],
    });
  });
});
