// Which queries of a workspace are answered, and how the others are refused.
import { cells, clientOf, DAY, LINES, LOGS, prints, refusal, running } from './log-queries';
import { request, setStage, WORKSPACE } from './support';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('A query', () => {
  test('is refused for want of access, for its time, and for too many before it', async () => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    for (const [as, expected] of [
      ['no-access', { statusCode: 403, code: 'InsufficientAccessError' }],
      ['timeout', { statusCode: 504, code: 'GatewayTimeout' }],
      ['throttled', { statusCode: 429, code: 'ThrottledError' }],
    ] as const) {
      stage.fault({ kind: 'query-refused', as, count: 1, seconds: 7 });
      expect(await refusal(stage, LINES)).toMatchObject(expected);
    }
    expect(await cells(stage)).toEqual(['line 0']);
  });

  test('is refused with 429 after 200 others within 30 s, until these are over', async () => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    for (let asked = 0; asked < 200; asked += 1) await cells(stage);
    const path = `/v1/workspaces/${WORKSPACE}/query`;
    const refused = await request(stage.handle, 'POST', path, { query: LINES });
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    stage.pass(30 * SECOND);
    expect(await cells(stage)).toHaveLength(1);
  });

  test('that was throttled is asked again by the client, which obeys Retry-After', async () => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    stage.fault({ kind: 'query-refused', as: 'throttled', count: 2, seconds: 0 });
    const client = clientOf(stage, { retryOptions: { maxRetries: 2 } });
    expect(await client.queryWorkspace(WORKSPACE, LINES, DAY)).toMatchObject({ status: 'Success' });
  });

  test.each([
    ['no-table', { statusCode: 400, code: 'BadArgumentError' }],
    ['no-content', { name: 'TypeError' }],
  ] as const)('of a workspace without rows is answered as %s', async (emptyWorkspace, expected) => {
    const stage = setStage({ switches: { emptyWorkspace } });
    // The client reads a body where 204 has none, and fails with an error of its own.
    expect(await refusal(stage, LINES)).toMatchObject(expected);
  });

  test('of another workspace is answered 404, and one in other letters is the same', async () => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    const client = clientOf(stage);
    await expect(client.queryWorkspace('none', LINES, DAY)).rejects.toMatchObject({ statusCode: 404 });
    const upper = await client.queryWorkspace(WORKSPACE.toUpperCase(), LINES, DAY);
    expect(upper.status).toBe('Success');
  });

  test.each([
    'ContainerAppConsoleLogs | take 1',
    `union ${LOGS}, ContainerAppSystemLogs_CL`,
    `${LOGS} | summarize count() by Log_s`,
    `${LOGS} | extend size = strlen(Log_s)`,
    `${LOGS} | where time_t between (ago(1h) .. now())`,
    `${LOGS} | where isnotempty(Log_s)`,
    `${LOGS} | where Log_s == dynamic('a')`,
    `${LOGS} | where Log_s == 'a\\u0062'`,
    `${LOGS} | where time_t > ago(1w)`,
    `${LOGS} | project-away Log_s`,
    `${LOGS} | take 1.5`,
    `${LOGS} | take all`,
    `${LOGS} |`,
    `${LOGS} where`,
    '',
  ])('that is beyond the stand-in is refused, never answered empty: %s', async (text) => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    expect(await refusal(stage, text)).toMatchObject({ statusCode: 501, code: 'NotEmulated' });
  });

  test('with a timespan or a member that is not read is refused', async () => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    const client = clientOf(stage);
    for (const duration of ['P', 'PT', 'P1W', 'soon'])
      await expect(client.queryWorkspace(WORKSPACE, LINES, { duration })).rejects.toMatchObject({
        statusCode: 501,
      });
    const options = { additionalWorkspaces: ['another'] };
    await expect(client.queryWorkspace(WORKSPACE, LINES, DAY, options)).rejects.toMatchObject({
      statusCode: 400,
    });
    await expect(
      client.queryBatch([{ workspaceId: WORKSPACE, query: LINES, timespan: DAY }]),
    ).rejects.toMatchObject({ statusCode: 501 });
  });

  test('that names a column which is not there is refused as the service does', async () => {
    const stage = await running(prints(1));
    stage.pass(MINUTE);
    expect(await refusal(stage, `${LOGS} | where Log == 'a'`)).toMatchObject({
      statusCode: 400,
      code: 'BadArgumentError',
    });
  });

  test('compares whole terms with `has`, several together too', async () => {
    const text = 'step 12 done\nstep 123\nÜberstep 12\n';
    const stage = await running({ scripts: [{ prints: [{ atMs: 0, text }] }] });
    stage.pass(MINUTE);
    const found = (terms: string): Promise<unknown[]> =>
      cells(stage, `${LOGS} | where Log_s has '${terms}' | project Log_s`);
    expect(await found('12')).toEqual(['step 12 done', 'Überstep 12']);
    expect(await found('STEP 12')).toEqual(['step 12 done']);
    expect(await found('123')).toEqual(['step 123']);
  });
});
