// The questions that a Log Analytics workspace is asked, in its query language. Pure.
import { TerminalError } from '../../../domain/errors';
import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';

/** The platform's names of executions (docs/facts/container-apps.md#names): none could end a text in a query. */
const EXECUTION_NAME = /^[a-z0-9-]{1,63}$/;
/** An instant in UTC, to the 100 nanoseconds that the workspace keeps. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/;

export const CONSOLE_TABLE = 'ContainerAppConsoleLogs_CL';
export const SYSTEM_TABLE = 'ContainerAppSystemLogs_CL';

/**
 * A row's own time is `time_t`; it is asked for as text, because the SDK would round it to milliseconds. Its replica's
 * name begins with the execution's (docs/facts/container-apps.md#console-rows).
 *
 * @throws TerminalError for an execution or an instant in another form.
 */
export function consoleQuery(execution: string, after: string | undefined, most: number): string {
  const since = after === undefined ? '' : ` | where time_t > datetime(${instant(after)})`;
  return `${consoleRows(execution)}${since} | order by time_t asc | project at = tostring(time_t), stream = Stream_s, text = Log_s | take ${most}`;
}

/** How many rows there are. @throws TerminalError for an execution's name in another form. */
export function consoleCountQuery(execution: string): string {
  return `${consoleRows(execution)} | count`;
}

function consoleRows(execution: string): string {
  return `${CONSOLE_TABLE} | where ContainerGroupName_s startswith '${executionName(execution)}-' and ContainerName_s == '${CONTAINER_NAME}'`;
}

/** @throws TerminalError for an execution's name in another form. */
export function systemQuery(execution: string, most: number): string {
  return `${SYSTEM_TABLE} | where ExecutionName_s == '${executionName(execution)}' | order by TimeGenerated asc | project reason = Reason_s, text = Log_s | take ${most}`;
}

function executionName(name: string): string {
  if (EXECUTION_NAME.test(name)) return name;
  throw new TerminalError(
    `The execution's name is "${name}"; to be asked for in a workspace it must match ${EXECUTION_NAME.source}.`,
  );
}

function instant(text: string): string {
  if (INSTANT.test(text)) return text;
  throw new TerminalError(
    `The instant is "${text}"; to be asked for in a workspace it must be such as 2026-06-26T08:19:07.1173359Z.`,
  );
}
