// Cuts a result that is larger than a query may give, or that the service gives up halfway: both are answered 200 with
// the rows that there are and PartialError (docs/facts/container-apps.md#partial-results).
import type { FaultBook } from '../faults/fault-book';
import type { ContainerAppsSettings } from '../settings';
import type { Row } from './log-tables';

export interface Cut {
  readonly rows: readonly Row[];
  /** Why there are no more, as the answer's `error`; undefined: these are all. */
  readonly error?: unknown;
}

export interface CutParts {
  readonly settings: Pick<ContainerAppsSettings, 'queryLimits'>;
  readonly faults: Pick<FaultBook, 'take' | 'held'>;
}

/** Kusto's numbers of the two failures: 0x80DA0003 and 0x80DA0001. */
const TOO_LARGE = -2_133_196_797;
const RUNAWAY = -2_133_196_799;

export function cutResult({ settings, faults }: CutParts, rows: readonly Row[]): Cut {
  const givenUp = faults.take('partial-result');
  if (givenUp) {
    const why = 'Runaway query (E_RUNAWAY_QUERY). The query was given up before it had read all rows.';
    return { rows: rows.slice(0, givenUp.rows), error: partialError(RUNAWAY, why) };
  }
  const held = faults.held('result-limits').at(-1);
  const mostRows = held?.rows ?? settings.queryLimits.rows;
  const mostBytes = held?.bytes ?? settings.queryLimits.bytes;
  const fitting = rowsWithin(rows, mostBytes);
  if (rows.length > mostRows && fitting >= mostRows)
    return { rows: rows.slice(0, mostRows), error: tooLarge(`${mostRows} records`) };
  if (fitting < rows.length) return { rows: rows.slice(0, fitting), error: tooLarge(`${mostBytes} bytes`) };
  return { rows };
}

/** How many of the first rows have so many bytes together. */
function rowsWithin(rows: readonly Row[], bytes: number): number {
  let left = bytes;
  for (const [index, row] of rows.entries()) {
    left -= Buffer.byteLength(JSON.stringify(Object.values(row)));
    if (left < 0) return index;
  }
  return rows.length;
}

function tooLarge(limit: string): unknown {
  return partialError(
    TOO_LARGE,
    `The results of this query exceed the set limit of ${limit}, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003). See https://aka.ms/kustoquerylimits for more information and possible solutions.`,
  );
}

function partialError(code: number, message: string): unknown {
  return {
    code: 'PartialError',
    message: 'There were some errors when processing your query.',
    details: [
      {
        code: 'EngineError',
        message: 'Something went wrong processing your query on the server.',
        innererror: { code: String(code), message, severity: 2, severityName: 'Error' },
      },
    ],
  };
}
