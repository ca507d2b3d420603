// The rows of the two log tables of a workspace, and when a query sees them (docs/facts/container-apps.md#log-store).
import type { Environment, EnvironmentStore } from '../environments/environment-store';
import { domainLabel } from '../environments/environment-store';
import type { Execution, Replica, ReplicaContainer } from '../executions/execution';
import type { FaultBook } from '../faults/fault-book';
import type { ConsoleLine } from '../logs/console';
import type { SystemEvent } from '../logs/system-events';
import type { ContainerAppsSettings } from '../settings';
import { zonelessStamp } from '../stamps';

/** A cell: text, a number, or a time as ISO text. */
export type Row = Readonly<Record<string, string | number>>;

export type TableName = 'ContainerAppConsoleLogs_CL' | 'ContainerAppSystemLogs_CL';

export const TABLE_NAMES: readonly TableName[] = ['ContainerAppConsoleLogs_CL', 'ContainerAppSystemLogs_CL'];

export interface LogTables {
  printed(execution: Execution, replica: Replica, container: ReplicaContainer, line: ConsoleLine): void;
  happened(event: SystemEvent): void;
  /** What a query sees now; undefined: no row has ever come, so that the table does not exist. */
  visible(workspace: string, table: TableName, now: number): TableContent | undefined;
}

export interface TableContent {
  readonly columns: readonly string[];
  /** In the order of their coming, or the other way round: a table has no order of its own. */
  readonly rows: readonly Row[];
}

interface StoredRow {
  readonly workspace: string;
  readonly table: TableName;
  readonly visibleAt: number;
  readonly row: Row;
}

export interface LogTableParts {
  readonly settings: ContainerAppsSettings;
  readonly environments: EnvironmentStore;
  readonly faults: FaultBook;
}

export function createLogTables({ settings, environments, faults }: LogTableParts): LogTables {
  const rows: StoredRow[] = [];
  let added = 0;

  const add = (
    environmentId: string,
    table: TableName,
    at: number,
    cells: (environment: Environment) => Row,
  ): void => {
    const environment = environments.byId(environmentId);
    const workspace = environment?.workspace;
    if (!environment || workspace === undefined) return;
    // A batch is closed at the next multiple of its period. Both times of the row are the batch's, not the event's.
    const { batchMs, ingestMs } = settings.times;
    const batchAt = batchMs > 0 ? (Math.floor(at / batchMs) + 1) * batchMs : at;
    const row = {
      ...cells(environment),
      TimeGenerated: `${zonelessStamp(batchAt)}Z`,
      _timestamp_d: batchAt / 1000,
    };
    const late = faults.held('late-log-rows').at(-1);
    const twice = faults.held('duplicate-log-rows').at(-1);
    added += 1;
    const lateMs = late && added % (late.every ?? 1) === 0 ? late.ms : 0;
    const visibleAt = batchAt + ingestMs + lateMs;
    rows.push({ workspace, table, visibleAt, row });
    if (twice && twice.every > 0 && added % twice.every === 0)
      rows.push({ workspace, table, visibleAt: visibleAt + (twice.afterMs ?? 0), row });
    if (rows.length > 2 * settings.keptRows) rows.splice(0, rows.length - settings.keptRows);
  };

  return {
    printed: (execution, replica, { spec, containerId }, { at, text }) =>
      add(execution.job.environmentId, 'ContainerAppConsoleLogs_CL', at, (environment) => ({
        Category: 'ContainerAppConsoleLogs',
        ContainerGroupName_s: replica.name,
        ContainerId_s: containerId,
        ContainerImage_s: spec.image,
        ContainerJobName_s: execution.job.name,
        ContainerName_s: spec.name,
        EnvironmentName_s: domainLabel(environment),
        Log_s: text,
        // The runtime that runs the programs here does not tell their two outputs apart.
        Stream_s: 'stdout',
        SourceSystem: 'RestAPI',
        Type: 'ContainerAppConsoleLogs_CL',
        time_t: `${zonelessStamp(at)}Z`,
      })),
    happened: ({ at, environmentId, job, execution, replica, reason, type, message, count }) =>
      add(environmentId, 'ContainerAppSystemLogs_CL', at, (environment) => ({
        Category: 'ContainerAppSystemLogs',
        Count_d: count,
        EnvironmentName_s: domainLabel(environment),
        EventSource_s: 'ContainerAppController',
        ExecutionName_s: execution ?? '',
        JobName_s: job,
        Log_s: message,
        Reason_s: reason,
        ReplicaName_s: replica ?? '',
        SourceSystem: 'RestAPI',
        Type: 'ContainerAppSystemLogs_CL',
        Type_s: type,
      })),
    visible: (workspace, table, now) => {
      const seen = rows
        .filter((stored) => stored.workspace === workspace && stored.table === table)
        .filter(({ visibleAt }) => visibleAt <= now)
        .sort((one, other) => one.visibleAt - other.visibleAt)
        .map(({ row }) => row);
      const [first] = seen;
      if (!first) return undefined;
      // All rows of a table have the same columns.
      const columns = Object.keys(first).sort();
      return { columns, rows: settings.switches.tiedRows === 'reversed' ? seen.reverse() : seen };
    },
  };
}
