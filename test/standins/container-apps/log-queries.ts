// Programs that print, and queries of what they printed by the genuine client of Log Analytics.
import {
  LogsQueryClient,
  type LogsQueryClientOptions,
  type LogsQueryResult,
  LogsQueryResultStatus,
} from '@azure/monitor-query-logs';

import type { Fault } from '../../../standins/container-apps/faults/fault';
import { createHandlerHttpClient } from '../../../standins/wire/sdk-http-client';
import { makeJob, setStage, type Stage, type StageOptions, start, UNTIL_RUNNING, WORKSPACE } from './support';

export const DAY = { duration: 'P1D' };
export const LOGS = 'ContainerAppConsoleLogs_CL';
export const LINES = `${LOGS} | order by time_t asc | project Log_s`;

/** Prints so many lines in the same millisecond. */
export function prints(lines: number): StageOptions {
  const text = Array.from({ length: lines }, (_, index) => `line ${index}\n`).join('');
  return { scripts: [{ prints: [{ atMs: 0, text }] }] };
}

export async function running(options: StageOptions, ...faults: readonly Fault[]): Promise<Stage> {
  const stage = setStage(options);
  for (const fault of faults) stage.fault(fault);
  await makeJob(stage);
  await start(stage);
  stage.pass(UNTIL_RUNNING);
  return stage;
}

export function clientOf(stage: Stage, options: LogsQueryClientOptions = {}): LogsQueryClient {
  const credential = {
    getToken: () => Promise.resolve({ token: 'any', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  };
  return new LogsQueryClient(credential, {
    httpClient: createHandlerHttpClient(stage.handle),
    retryOptions: { maxRetries: 0 },
    ...options,
  });
}

export function query(stage: Stage, text: string): Promise<LogsQueryResult> {
  return clientOf(stage).queryWorkspace(WORKSPACE, text, DAY);
}

/** The first cell of each row of a result that is whole. */
export async function cells(stage: Stage, text = LINES): Promise<unknown[]> {
  const result = await query(stage, text);
  if (result.status !== LogsQueryResultStatus.Success) throw new Error(`The result is ${result.status}.`);
  return (result.tables[0]?.rows ?? []).map((row) => row[0]);
}

/** The service's innermost words about a refusal. */
export async function refusal(stage: Stage, text: string): Promise<unknown> {
  return query(stage, text).then(
    () => 'answered',
    (error: unknown) => error,
  );
}
