// Reads the rows of executions from a Log Analytics workspace, through the genuine client.
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { LogsQueryClient, LogsTable } from '@azure/monitor-query-logs';
import { z } from 'zod';

import { messageOf, RetryableError } from '../../../domain/errors';
import { isLoopback } from '../../../domain/parse/loopback';
import { armError } from '../../arm/arm-error';
import { coreRestPipeline } from '../../arm/core-sdk';
import type { SystemRow } from '../reading/sight';
import { monitorQueryLogs } from './sdk';
import {
  CONSOLE_TABLE,
  consoleCountQuery,
  consoleQuery,
  SYSTEM_TABLE,
  systemQuery,
} from './workspace-queries';

/** A query that takes longer counts as unanswered, milliseconds. */
const ANSWER_WITHIN_MS = 20_000;
/** The workspace gives up before we do, and says so, seconds. */
const SERVER_GIVES_UP_S = 15;
/**
 * The most console rows of one answer. The workspace returns 64,000,000 bytes at most, and a line has 16 KiB
 * (docs/facts/container-apps.md#query-limits, #lines-of-the-stream).
 */
const MOST_CONSOLE_ROWS = 3_000;
/** The most that may be asked for: of an instant with many short lines. */
export const MOST_ROWS_OF_AN_INSTANT = 100_000;
/** An execution has some ten of them, and more while a pull fails again and again. */
const MOST_SYSTEM_ROWS = 1_000;
/** Rows are looked for from this long before an execution's start, for clocks that differ, milliseconds. */
const CLOCKS_DIFFER_MS = 3_600_000;
/** Longer than an execution and the way of its rows take together. */
const SPAN = 'P90D';

interface ConsoleRow {
  /** When the line was printed, UTC to 100 ns: `2026-06-26T08:19:07.1173359Z`. */
  readonly at: string;
  /** `stdout` or `stderr`. */
  readonly stream: string;
  /** The line without its end. */
  readonly text: string;
}

type RowsRead<Row> =
  /** All that the workspace has by now: rows come minutes late, in any order, and may come twice. */
  | { readonly kind: 'all'; readonly rows: readonly Row[] }
  /** As many as were asked for, the oldest: others may follow. */
  | { readonly kind: 'first'; readonly rows: readonly Row[] }
  /**
   * The workspace itself gave up a part of the answer: any row may be missing. Its client does not tell whether the
   * answer was too large, where fewer rows would be had whole (docs/facts/container-apps.md#partial-results).
   */
  | { readonly kind: 'partial'; readonly rows: readonly Row[]; readonly why: string };

/** Whose rows, and where. */
interface RowsOf {
  readonly workspaceId: string;
  readonly execution: string;
  /** The execution's start or any time before it, epoch milliseconds. */
  readonly since: number;
  /** Ends the query earlier than its own time limit. */
  readonly within?: AbortSignal;
}

/** All reject with RetryableError when the rows can't be had, with TerminalError for names that are none. */
export interface WorkspaceLogs {
  /**
   * What the program's container printed, the oldest first; rows of one instant stand in any order. `after`: rows later
   * than this instant alone. `most`: at most so many, 3,000 unless it says otherwise.
   */
  consoleRows(
    of: RowsOf & { readonly after?: string | undefined; readonly most?: number },
  ): Promise<RowsRead<ConsoleRow>>;
  /** How many such rows there are by now. */
  consoleCount(of: RowsOf): Promise<number>;
  /** What the platform says of an execution, by batches: rows of one batch stand in any order. */
  systemRows(of: RowsOf): Promise<RowsRead<SystemRow>>;
}

export interface WorkspaceParts {
  /** Of the query API. */
  readonly logsEndpoint: URL;
  /** Asked for tokens unless the endpoint is http on loopback. */
  readonly credential: TokenCredential;
  /** Left out: the network. */
  readonly httpClient?: HttpClient | undefined;
}

/** A cell may be null: a row has no stream in older environments. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const consoleCells = z
  .tuple([z.string(), text, text])
  .transform(([at, stream, line]): ConsoleRow => ({ at, stream, text: line }));
const countCells = z.tuple([z.number().int().nonnegative()]).transform(([count]) => count);
const systemCells = z
  .tuple([text, text])
  .transform(([reason, said]): SystemRow => ({ reason, text: said, isLate: true }));

export function createWorkspaceLogs(parts: WorkspaceParts): WorkspaceLogs {
  async function ask<Row>(
    { workspaceId, since, within }: RowsOf,
    { table, query, most }: { readonly table: string; readonly query: string; readonly most: number },
    cells: z.ZodType<Row>,
  ): Promise<RowsRead<Row>> {
    const client = clientOf(parts, within);
    const span = { startTime: new Date(since - CLOCKS_DIFFER_MS), duration: SPAN };
    const what = `The query of ${table} in workspace ${workspaceId}`;
    try {
      const result = await client.queryWorkspace(workspaceId, query, span, {
        serverTimeoutInSeconds: SERVER_GIVES_UP_S,
      });
      if ('partialError' in result) {
        const { code, message } = result.partialError;
        const rows = rowsIn(result.partialTables, cells, what);
        return { kind: 'partial', rows, why: `${code} ${message}` };
      }
      const rows = rowsIn(result.tables, cells, what);
      return { kind: rows.length < most ? 'all' : 'first', rows };
    } catch (error) {
      if (error instanceof RetryableError) throw error;
      if (hasNoRowsYet(error, table)) return { kind: 'all', rows: [] };
      throw refused(error, what);
    }
  }

  return {
    consoleRows: async ({ after, most: wanted = MOST_CONSOLE_ROWS, ...of }) => {
      const most = Math.min(wanted, MOST_ROWS_OF_AN_INSTANT);
      const query = consoleQuery(of.execution, after, most);
      return ask(of, { table: CONSOLE_TABLE, query, most }, consoleCells);
    },
    consoleCount: async (of) => {
      const query = consoleCountQuery(of.execution);
      const read = await ask(of, { table: CONSOLE_TABLE, query, most: Infinity }, countCells);
      if (read.kind === 'partial')
        throw new RetryableError(`The rows of ${of.execution} could not be counted: ${read.why}`);
      return read.rows[0] ?? 0;
    },
    systemRows: async (of) => {
      const query = systemQuery(of.execution, MOST_SYSTEM_ROWS);
      return ask(of, { table: SYSTEM_TABLE, query, most: MOST_SYSTEM_ROWS }, systemCells);
    },
  };
}

/** One a query, because the client passes over an `abortSignal` among a query's options. */
function clientOf(
  { logsEndpoint, credential, httpClient }: WorkspaceParts,
  within: AbortSignal | undefined,
): LogsQueryClient {
  const { LogsQueryClient } = monitorQueryLogs();
  const { bearerTokenAuthenticationPolicyName, RestError } = coreRestPipeline();
  const isLocal = isLoopback(logsEndpoint);
  const made = new LogsQueryClient(credential, {
    // It adds the version only where it is told no endpoint.
    endpoint: `${logsEndpoint.origin}/v1`,
    credentials: { scopes: [`${logsEndpoint.origin}/.default`] },
    // Whoever asks asks again.
    retryOptions: { maxRetries: 0 },
    allowInsecureConnection: isLocal,
    ...(httpClient === undefined ? {} : { httpClient }),
  });
  // It sends no token over http, whatever it is told (docs/facts/azure-resource-manager.md#bearer-over-http).
  if (isLocal) made.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  // The wait for a token counts, too.
  made.pipeline.addPolicy({
    name: 'answerWithin',
    sendRequest: async (request, next) => {
      const limit = AbortSignal.timeout(ANSWER_WITHIN_MS);
      request.abortSignal = within === undefined ? limit : AbortSignal.any([limit, within]);
      const answer = await next(request);
      const { status, bodyAsText } = answer;
      if (status === 200 || armError(bodyAsText ?? '').code !== undefined) return answer;
      // It breaks on an answer without a body, or with a gateway's page for one, and loses the status.
      throw new RestError(bodyAsText ?? '', { statusCode: status });
    },
  });
  return made;
}

function rowsIn<Row>(tables: readonly LogsTable[], cells: z.ZodType<Row>, what: string): readonly Row[] {
  const parsed = z.array(cells).safeParse(tables[0]?.rows ?? []);
  if (parsed.success) return parsed.data;
  throw new RetryableError(`${what} was answered in another shape: ${z.prettifyError(parsed.error)}`);
}

const errorSchema: z.ZodType<QueryError> = z.object({
  message: z.string().optional(),
  get innererror() {
    return errorSchema.optional();
  },
});
interface QueryError {
  readonly message?: string | undefined;
  readonly innererror?: QueryError | undefined;
}
const detailsSchema = z.object({ details: z.object({ error: errorSchema }) });

/**
 * Before its first row a table does not exist, nor does a column that only rows of jobs have. A workspace without any
 * row may answer 204 (docs/facts/container-apps.md#query-errors).
 */
function hasNoRowsYet(error: unknown, table: string): boolean {
  if (coreRestPipeline().isRestError(error) && error.statusCode === 204) return true;
  const parsed = detailsSchema.safeParse(error);
  if (!parsed.success) return false;
  const missing = /Failed to resolve .*'(\w+)'/.exec(innermost(parsed.data.details.error))?.[1];
  return missing === table || missing === 'ExecutionName_s';
}

function innermost({ message = '', innererror }: QueryError): string {
  return innererror === undefined ? message : innermost(innererror);
}

function refused(error: unknown, what: string): RetryableError {
  const { isRestError } = coreRestPipeline();
  const status = isRestError(error) ? error.statusCode : undefined;
  if (status === undefined) return new RetryableError(`${what} was not answered: ${messageOf(error)}`);
  const advice =
    status === 403 ? " Give the app's identity the role Log Analytics Reader on the workspace." : '';
  return new RetryableError(`${what} was answered HTTP ${status} ${messageOf(error)}${advice}`, { status });
}
