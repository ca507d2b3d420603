// Runs a query over rows.
import type { Row } from './log-tables';
import type { Condition, Literal, Projected, Step } from './query-reader';
import { QueryFault } from './tokens';
import { UnresolvedName } from './unresolved-name';

export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** Begins with all columns of the table. Throws UnresolvedName for a column that is not there. */
export function runSteps(table: Result, steps: readonly Step[]): Result {
  return steps.reduce(runStep, table);
}

function runStep({ columns, rows }: Result, step: Step): Result {
  switch (step.kind) {
    case 'where':
      checkColumns(columns, columnsOf(step.condition), 'where');
      return { columns, rows: rows.filter((row) => holds(row, step.condition)) };
    case 'project':
      checkColumns(
        columns,
        step.columns.map(({ column }) => column),
        'project',
      );
      return {
        columns: step.columns.map(({ name }) => name),
        rows: rows.map((row) =>
          Object.fromEntries(step.columns.map((each) => [each.name, cellOf(row, each)])),
        ),
      };
    case 'distinct': {
      checkColumns(columns, step.columns, 'distinct');
      const projected = rows.map((row) =>
        Object.fromEntries(step.columns.map((name) => [name, row[name] ?? ''])),
      );
      const distinct = new Map(projected.map((row) => [JSON.stringify(row), row]));
      return { columns: step.columns, rows: [...distinct.values()] };
    }
    case 'order':
      checkColumns(
        columns,
        step.by.map(({ column }) => column),
        'order',
      );
      return { columns, rows: sorted(rows, step.by) };
    case 'take':
      return { columns, rows: rows.slice(0, step.count) };
    case 'count':
      return { columns: ['Count'], rows: [{ Count: rows.length }] };
  }
}

function cellOf(row: Row, { column, isText }: Projected): Literal {
  const cell = row[column] ?? '';
  return isText ? String(cell) : cell;
}

function checkColumns(known: readonly string[], asked: readonly string[], operator: string): void {
  const missing = asked.find((name) => !known.includes(name));
  if (missing !== undefined)
    throw new UnresolvedName(
      `'${operator}' operator: Failed to resolve scalar expression named '${missing}'`,
    );
}

function columnsOf(condition: Condition): string[] {
  return condition.kind === 'compare' ? [condition.column] : condition.of.flatMap(columnsOf);
}

function holds(row: Row, condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((each) => holds(row, each));
    case 'any':
      return condition.of.some((each) => holds(row, each));
    case 'compare':
      return compares(row[condition.column] ?? '', condition.operator, condition.to);
  }
}

/** `==` minds the case; `=~`, `startswith`, `contains` and `has` do not, as in Kusto. */
function compares(value: Literal, operator: string, to: readonly Literal[]): boolean {
  if (operator.startsWith('!') && operator !== '!=' && operator !== '!~')
    return !compares(value, operator.slice(1), to);
  const [first = ''] = to;
  const lower = (each: Literal): string => String(each).toLowerCase();
  switch (operator) {
    case '==':
      return isSame(value, first);
    case '!=':
      return !isSame(value, first);
    case '=~':
      return lower(value) === lower(first);
    case '!~':
      return lower(value) !== lower(first);
    case 'in':
      return to.some((each) => isSame(value, each));
    case 'in~':
      return to.some((each) => lower(value) === lower(each));
    case 'contains':
      return lower(value).includes(lower(first));
    case 'has':
      return hasTerms(lower(value), lower(first));
    case 'startswith':
      return lower(value).startsWith(lower(first));
    case 'endswith':
      return lower(value).endsWith(lower(first));
    case '<':
      return order(value, first) < 0;
    case '<=':
      return order(value, first) <= 0;
    case '>':
      return order(value, first) > 0;
    case '>=':
      return order(value, first) >= 0;
    default:
      throw new QueryFault(`The operator '${operator}' is not emulated`);
  }
}

/** Whether the terms stand in the text, one after the other, as whole terms. */
function hasTerms(text: string, terms: string): boolean {
  for (let at = text.indexOf(terms); at !== -1; at = text.indexOf(terms, at + 1)) {
    const around = [text.charAt(at - 1), text.charAt(at + terms.length)];
    if (!around.some((character) => /[\p{L}\p{N}]/u.test(character))) return true;
  }
  return false;
}

function isSame(value: Literal, other: Literal): boolean {
  return typeof value === typeof other ? order(value, other) === 0 : String(value) === String(other);
}

/** Times compare as times, whatever digits they have; other texts by their characters. */
function order(value: Literal, other: Literal): number {
  if (typeof value === 'number' && typeof other === 'number') return value - other;
  const [left, right] = [timeOf(value), timeOf(other)];
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  return String(value) < String(other) ? -1 : String(value) > String(other) ? 1 : 0;
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?Z?)?$/;

/** Ticks of 100 ns, so that seven digits of a second count. */
function timeOf(value: Literal): bigint | undefined {
  const [, day, time = '00:00:00', fraction = ''] = TIME.exec(String(value)) ?? [];
  if (day === undefined) return undefined;
  const seconds = Date.parse(`${day}T${time}Z`) / 1000;
  return BigInt(Math.round(seconds)) * 10_000_000n + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

function sorted(rows: readonly Row[], by: Extract<Step, { kind: 'order' }>['by']): Row[] {
  return [...rows].sort((left, right) => {
    for (const { column, ascending } of by) {
      const compared = order(left[column] ?? '', right[column] ?? '');
      if (compared !== 0) return ascending ? compared : -compared;
    }
    return 0;
  });
}
