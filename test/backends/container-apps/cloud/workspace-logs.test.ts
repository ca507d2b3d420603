// Rows of a workspace, asked for through the genuine client: delays, repeats, cut answers, refusals.
import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';

import {
  createWorkspaceLogs,
  type WorkspaceLogs,
} from '../../../../backends/container-apps/cloud/workspace-logs';
import { RetryableError, TerminalError } from '../../../../domain/errors';
import { json, type WireRequest, type WireResponse } from '../../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../../standins/wire/sdk-http-client';
import {
  makeJob,
  setStage,
  type Stage,
  type StageOptions,
  start,
  WORKSPACE,
} from '../../../standins/container-apps/support';

/** Longer than a job, the end of its execution and the way of its rows take. */
const UNTIL_INGESTED = 60_000;
/** The stage's program prints so many lines, each at an instant of its own. */
const LINES = 7;
const PRINTING: StageOptions = {
  scripts: [
    {
      prints: Array.from({ length: LINES }, (_, n) => ({ atMs: n, text: `line ${n}\n` })),
      exit: { atMs: 1_000, code: 3 },
    },
  ],
};

interface Asked {
  readonly stage: Stage;
  readonly execution: string;
  readonly logs: WorkspaceLogs;
  readonly of: { readonly workspaceId: string; readonly execution: string; readonly since: number };
}

async function ran(
  options: StageOptions = PRINTING,
  before: (stage: Stage) => void = () => undefined,
): Promise<Asked> {
  const stage = setStage(options);
  before(stage);
  const since = stage.now();
  await makeJob(stage);
  const execution = await start(stage);
  const logs = logsOver(createHandlerHttpClient(stage.handle));
  return { stage, execution, logs, of: { workspaceId: WORKSPACE, execution, since } };
}

function logsOver(httpClient: HttpClient, endpoint = 'http://127.0.0.1'): WorkspaceLogs {
  return createWorkspaceLogs({
    logsEndpoint: new URL(endpoint),
    credential: {
      getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
    },
    httpClient,
  });
}

function answering(answer: (request: WireRequest) => WireResponse): WorkspaceLogs {
  return logsOver(createHandlerHttpClient(answer));
}

const OF = { workspaceId: WORKSPACE, execution: 'train-abc0001', since: 0 };

describe('the lines of an execution in its workspace', () => {
  test.each(['no-table', 'no-content'] as const)('are none before the first row came (%s)', async (said) => {
    const { logs, of } = await ran({ ...PRINTING, switches: { emptyWorkspace: said } });
    expect(await logs.consoleRows(of)).toEqual({ kind: 'all', rows: [] });
    expect(await logs.systemRows(of)).toEqual({ kind: 'all', rows: [] });
  });

  test('are all there once they are ingested, in order, with times to 100 ns', async () => {
    const { stage, logs, of } = await ran();
    stage.pass(UNTIL_INGESTED);
    const read = await logs.consoleRows(of);
    expect(read.kind).toBe('all');
    expect(read.rows.map(({ text }) => text)).toEqual(Array.from({ length: LINES }, (_, n) => `line ${n}`));
    expect(read.rows[0]?.at).toMatch(/^2026-01-05T12:00:\d\d\.\d{7}Z$/);
    expect(read.rows[0]?.stream).toBe('stdout');
  });

  test('are read in parts, each after the last instant of the one before', async () => {
    const { stage, logs, of } = await ran();
    stage.pass(UNTIL_INGESTED);
    const first = await logs.consoleRows({ ...of, most: 4 });
    expect(first.kind).toBe('first');
    const after = first.rows.at(-1)?.at ?? '';
    const rest = await logs.consoleRows({ ...of, after, most: 5 });
    expect(rest).toMatchObject({ kind: 'all', rows: [{ text: 'line 4' }, {}, { text: 'line 6' }] });
    expect(await logs.consoleCount(of)).toBe(LINES);
  });

  test('are those of one execution alone, whatever others print', async () => {
    const { stage, logs, of } = await ran();
    const other = await start(stage);
    stage.pass(UNTIL_INGESTED);
    expect((await logs.consoleRows(of)).rows).toHaveLength(LINES);
    expect((await logs.consoleRows({ ...of, execution: other })).rows).toHaveLength(LINES);
    expect((await logs.consoleRows({ ...of, execution: 'train-abc' })).rows).toEqual([]);
  });

  test('come late where their ingestion is late', async () => {
    const { stage, logs, of } = await ran(PRINTING, (on) => on.fault({ kind: 'late-log-rows', ms: 300_000 }));
    stage.pass(UNTIL_INGESTED);
    expect(await logs.consoleRows(of)).toEqual({ kind: 'all', rows: [] });
    stage.pass(300_000);
    expect((await logs.consoleRows(of)).rows).toHaveLength(LINES);
  });

  test('are handed on twice where they came twice', async () => {
    const { stage, logs, of } = await ran(PRINTING, (on) =>
      on.fault({ kind: 'duplicate-log-rows', every: 1 }),
    );
    stage.pass(UNTIL_INGESTED);
    expect((await logs.consoleRows(of)).rows).toHaveLength(2 * LINES);
  });

  test('are marked as cut where the workspace gave up a part of its answer', async () => {
    const { stage, logs, of } = await ran();
    stage.pass(UNTIL_INGESTED);
    stage.fault({ kind: 'partial-result', count: 1, rows: 2 });
    expect(await logs.consoleRows(of)).toMatchObject({
      kind: 'partial',
      rows: [{ text: 'line 0' }, { text: 'line 1' }],
      why: expect.stringContaining('PartialError') as string,
    });
    stage.fault({ kind: 'result-limits', rows: 3 });
    expect(await logs.consoleRows(of)).toMatchObject({ kind: 'partial' });
    expect(await logs.consoleRows({ ...of, most: 3 })).toMatchObject({ kind: 'first' });
  });
});

describe('the platform’s rows of an execution', () => {
  test('tell of its start and of its exit code', async () => {
    const { stage, logs, of } = await ran();
    stage.pass(UNTIL_INGESTED);
    const { rows } = await logs.systemRows(of);
    expect(rows.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['SuccessfulCreate', 'ContainerStarted', 'ContainerTerminated']),
    );
    expect(rows.find(({ reason }) => reason === 'ContainerTerminated')?.text).toContain("exit code '3'");
  });

  test('are none where the table has rows of apps alone, which name no execution', async () => {
    const message = "'where' operator: Failed to resolve scalar expression named 'ExecutionName_s'";
    const logs = answering(() =>
      json(400, { error: { code: 'BadArgumentError', innererror: { code: 'SEM0100', message } } }),
    );
    expect(await logs.systemRows(OF)).toEqual({ kind: 'all', rows: [] });
  });
});

describe('a query of a workspace', () => {
  test.each([
    ['no-access', 'Log Analytics Reader'],
    ['throttled', 'HTTP 429'],
    ['timeout', 'HTTP 504'],
  ] as const)('that is refused for %s says so, and is sent once', async (as, said) => {
    const { stage, logs, of } = await ran();
    stage.pass(UNTIL_INGESTED);
    stage.fault({ kind: 'query-refused', as, count: 1, seconds: 60 });
    const refusal = logs.systemRows(of);
    await expect(refusal).rejects.toThrow(RetryableError);
    await expect(refusal).rejects.toThrow(said);
    expect((await logs.systemRows(of)).kind).toBe('all');
  });

  test('of a workspace that is not there is refused', async () => {
    const { stage, logs, of } = await ran();
    stage.pass(UNTIL_INGESTED);
    await expect(logs.systemRows({ ...of, workspaceId: 'other' })).rejects.toThrow('HTTP 404');
  });

  test.each([
    [400, { error: { code: 'BadArgumentError', message: 'Failed to resolve something else' } }, 'HTTP 400'],
    [502, {}, 'HTTP 502'],
  ])('that is answered %d is no answer of an empty table, and is sent once', async (status, body, said) => {
    let asked = 0;
    const logs = answering(() => {
      asked += 1;
      return { ...json(status, body), headers: { 'content-type': 'application/json', 'retry-after': '60' } };
    });
    const refusal = logs.consoleRows(OF);
    await expect(refusal).rejects.toThrow(RetryableError);
    await expect(refusal).rejects.toThrow(said);
    expect(asked).toBe(1);
  });

  test('that is not answered, or in another shape, is no answer', async () => {
    const broken = logsOver({ sendRequest: () => Promise.reject(new Error('socket hang up')) });
    await expect(broken.consoleRows(OF)).rejects.toThrow(RetryableError);
    const columns = [{ name: 'at', type: 'string' }];
    const other = answering(() => json(200, { tables: [{ name: 'PrimaryResult', columns, rows: [[7]] }] }));
    await expect(other.consoleRows(OF)).rejects.toThrow('another shape');
  });

  test.each([
    [{ execution: "x' or 1 == 1 //" }, 'execution'],
    [{ after: "2026-01-05) | union '" }, 'instant'],
  ])('is not made of %j: names alone go into it', async (parts, named) => {
    let asked = 0;
    const logs = answering(() => {
      asked += 1;
      return json(200, { tables: [] });
    });
    const refusal = logs.consoleRows({ ...OF, ...parts });
    await expect(refusal).rejects.toThrow(TerminalError);
    await expect(refusal).rejects.toThrow(named);
    expect(asked).toBe(0);
  });

  test('has a time limit on either side, and a token where it goes over the network', async () => {
    const sent: PipelineRequest[] = [];
    const logs = logsOver(
      {
        sendRequest: (request) => {
          sent.push(request);
          return Promise.reject(new Error('none'));
        },
      },
      'https://api.loganalytics.io',
    );
    await expect(logs.systemRows(OF)).rejects.toThrow('none');
    expect(sent[0]?.url).toBe(`https://api.loganalytics.io/v1/workspaces/${WORKSPACE}/query`);
    expect(sent[0]?.headers.get('prefer')).toBe('wait=15');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer any');
    expect(sent[0]?.abortSignal).toBeInstanceOf(AbortSignal);
  });
});
