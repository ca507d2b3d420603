// The query endpoint of Log Analytics: `POST /v1/workspaces/{id}/query` with a query and a timespan.
import { z } from 'zod';

import { armErrorResponse, ArmFault } from '../../wire/arm-error';
import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import type { ContainerAppsContext } from '../context';
import type { Throttling } from '../throttling';
import { TABLE_NAMES, type TableContent } from './log-tables';
import { readQuery } from './query-reader';
import { notRead, refusalByFault, unreadableBody, unresolved } from './query-refusal';
import { cutResult } from './result-cut';
import { type Result, runSteps } from './run-query';
import { timespanOf } from './timespan';
import { QueryFault } from './tokens';
import { UnresolvedName } from './unresolved-name';

/** Further workspaces are not read, so a query that names some is refused rather than answered in part. */
const bodySchema = z.strictObject({ query: z.string(), timespan: z.string().optional() });

const PATH = /^\/(?:v1|v1beta)\/workspaces\/([^/]+)\/query$/;

/** The id of the workspace that a request asks, or undefined for another request. */
export function askedWorkspace({ url }: WireRequest): string | undefined {
  return PATH.exec(url.pathname)?.[1];
}

export function answerQuery(
  context: ContainerAppsContext,
  throttling: Throttling,
  request: WireRequest,
  asked: string,
): WireResponse {
  try {
    if (context.settings.rateLimits) throttling.query(asked);
    const refused = context.faults.take('query-refused');
    if (refused) throw refusalByFault(refused);
    return answer(context, request, foundWorkspace(context, asked));
  } catch (error) {
    if (error instanceof ArmFault) return armErrorResponse(error);
    if (error instanceof UnresolvedName) return unresolved(error.message);
    if (error instanceof QueryFault) return notRead(error.message);
    throw error;
  }
}

function foundWorkspace({ environments }: ContainerAppsContext, asked: string): string {
  for (const { workspace } of environments.all())
    if (workspace?.toLowerCase() === asked.toLowerCase()) return workspace;
  throw new ArmFault(404, 'WorkspaceNotFoundError', `The workspace '${asked}' could not be found`);
}

function answer(context: ContainerAppsContext, request: WireRequest, workspace: string): WireResponse {
  const body = bodySchema.safeParse(jsonOf(request));
  if (!body.success) return unreadableBody(z.prettifyError(body.error));
  const { query, timespan } = body.data;
  const { table, steps } = readQuery(query, context.clock.now());
  const span = timespanOf(timespan, context.clock.now());
  const content = contentOf(context, workspace, table);
  if (!content) return { status: 204 };
  const rows = content.rows.filter(({ TimeGenerated }) => {
    const at = Date.parse(String(TimeGenerated));
    return at >= span.from && at < span.to;
  });
  const result = runSteps({ columns: content.columns, rows }, steps);
  const cut = cutResult(context, result.rows);
  return json(200, {
    tables: [tableView({ ...result, rows: cut.rows })],
    ...(cut.error !== undefined && { error: cut.error }),
  });
}

function jsonOf({ body }: WireRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // What is no JSON is no query, either.
  }
}

/**
 * A table of which no row has come yet does not exist (reported). Undefined: the workspace has no row at all, and says
 * it in the documented way.
 */
function contentOf(
  { logTables, clock, settings }: ContainerAppsContext,
  workspace: string,
  name: string,
): TableContent | undefined {
  const table = TABLE_NAMES.find((each) => each === name);
  if (!table) throw new QueryFault(`there is no table '${name}' here, but ${TABLE_NAMES.join(' and ')}`);
  const content = logTables.visible(workspace, table, clock.now());
  if (content) return content;
  const isEmpty = TABLE_NAMES.every((each) => !logTables.visible(workspace, each, clock.now()));
  if (isEmpty && settings.switches.emptyWorkspace === 'no-content') return undefined;
  throw new UnresolvedName(`'where' operator: Failed to resolve table or column expression named '${name}'`);
}

function tableView({ columns, rows }: Result): Record<string, unknown> {
  return {
    name: 'PrimaryResult',
    columns: columns.map((name) => ({ name, type: typeOf(name) })),
    rows: rows.map((row) => columns.map((name) => row[name] ?? '')),
  };
}

function typeOf(column: string): 'datetime' | 'real' | 'long' | 'string' {
  if (column === 'TimeGenerated' || column.endsWith('_t')) return 'datetime';
  if (column === 'Count') return 'long';
  return column.endsWith('_d') ? 'real' : 'string';
}
