// The query endpoint of Log Analytics: `POST /v1/workspaces/{id}/query` with a query and a timespan.
import { z } from 'zod';

import { json, type WireRequest, type WireResponse } from '../../wire/handler';
import type { ContainerAppsContext } from '../context';
import { type Row, TABLE_NAMES } from './log-tables';
import { readQuery } from './query-reader';
import { type Result, runSteps } from './run-query';
import { timespanOf } from './timespan';
import { QueryFault } from './tokens';

const bodySchema = z.object({ query: z.string(), timespan: z.string().optional() });

const PATH = /^\/(?:v1|v1beta)\/workspaces\/([^/]+)\/query$/;

/** The id of the workspace that a request asks, or undefined for another request. */
export function askedWorkspace({ url }: WireRequest): string | undefined {
  return PATH.exec(url.pathname)?.[1];
}

export function answerQuery(
  context: ContainerAppsContext,
  request: WireRequest,
  workspace: string,
): WireResponse {
  if (!context.environments.all().some((each) => each.workspace === workspace)) {
    const message = `The workspace '${workspace}' could not be found`;
    return json(404, { error: { code: 'WorkspaceNotFoundError', message } });
  }
  try {
    const { query, timespan } = bodyOf(request);
    const { table, steps } = readQuery(query, context.clock.now());
    const rows = rowsOf(context, workspace, table, timespan);
    return json(200, { tables: [tableView(runSteps(rows, steps))] });
  } catch (error) {
    if (error instanceof QueryFault) return badQuery(error.message);
    throw error;
  }
}

function bodyOf(request: WireRequest): z.infer<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(request.body.toString('utf8')));
  } catch {
    throw new QueryFault('The body must be { "query": "…", "timespan": "…" }');
  }
}

/** A table of which no row has come yet does not exist (reported). */
function rowsOf(
  { logTables, clock }: ContainerAppsContext,
  workspace: string,
  name: string,
  timespan: string | undefined,
): readonly Row[] {
  const table = TABLE_NAMES.find((each) => each === name);
  const rows = table && logTables.visible(workspace, table, clock.now());
  if (!rows)
    throw new QueryFault(`'where' operator: Failed to resolve table or column expression named '${name}'`);
  const span = timespanOf(timespan, clock.now());
  return rows.filter(({ TimeGenerated }) => {
    const at = Date.parse(String(TimeGenerated));
    return at >= span.from && at < span.to;
  });
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

/** The envelope and the codes are reported of a table that does not exist. */
function badQuery(message: string): WireResponse {
  return json(400, {
    error: {
      message: 'The request had some invalid properties',
      code: 'BadArgumentError',
      innererror: {
        code: 'SemanticError',
        message: 'A semantic error occurred.',
        innererror: { code: 'SEM0100', message },
      },
    },
  });
}
