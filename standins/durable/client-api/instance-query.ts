// Which instances a list or a purge by filter selects, and their pages.
import { type InstanceRow, RUNTIME_STATUSES, type RuntimeStatus } from '../instance-row';
import { millisecondsOf, parseInstant } from '../instant';

/** A filter. A part of it that cannot be read is left out, as in the extension. */
export interface InstanceQuery {
  readonly prefix?: string | undefined;
  /** Milliseconds since the epoch, both inclusive. */
  readonly createdFrom?: number | undefined;
  readonly createdTo?: number | undefined;
  /** Empty: any. */
  readonly statuses: readonly RuntimeStatus[];
}

export function queryOf(params: URLSearchParams): InstanceQuery {
  return {
    prefix: params.get('instanceIdPrefix') ?? undefined,
    createdFrom: timeOf(params.get('createdTimeFrom')),
    createdTo: timeOf(params.get('createdTimeTo')),
    statuses: params
      .getAll('runtimeStatus')
      .flatMap((value) => value.split(','))
      .flatMap((name) => RUNTIME_STATUSES.find((status) => status === name.trim()) ?? []),
  };
}

export function matches(row: InstanceRow, query: InstanceQuery): boolean {
  const created = millisecondsOf(parseInstant(row.createdAt));
  return (
    row.instanceId.startsWith(query.prefix ?? '') &&
    created >= (query.createdFrom ?? -Infinity) &&
    created <= (query.createdTo ?? Infinity) &&
    (query.statuses.length === 0 || query.statuses.includes(row.status))
  );
}

export interface Page {
  readonly rows: readonly InstanceRow[];
  /** Empty after the last page. */
  readonly nextToken: string;
}

/** The table service's token: the id that comes next, in base64, and a blank. */
const TOKEN = /^([A-Za-z0-9+/]+={0,2}) ?$/;

/** The default and greatest page of the table service. */
const MAX_PAGE = 1000;

/** A page of `rows`, which are ordered by id. A token that can't be read gives an empty page. */
export function pageOf(rows: readonly InstanceRow[], top: number | undefined, token: string): Page {
  const from = token === '' ? '' : idOf(token);
  if (from === undefined) return { rows: [], nextToken: '' };
  const left = rows.filter((row) => row.instanceId >= from);
  const size = Math.min(top ?? MAX_PAGE, MAX_PAGE);
  const next = left[size];
  return {
    rows: left.slice(0, size),
    nextToken: next === undefined ? '' : `${Buffer.from(next.instanceId).toString('base64')} `,
  };
}

function idOf(token: string): string | undefined {
  const encoded = TOKEN.exec(token)?.[1];
  if (encoded === undefined) return undefined;
  const id = Buffer.from(encoded, 'base64').toString('utf8');
  return Buffer.from(id).toString('base64') === encoded ? id : undefined;
}

/** Milliseconds since the epoch, or undefined when the text is no date. */
function timeOf(text: string | null): number | undefined {
  const ms = text === null ? NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
