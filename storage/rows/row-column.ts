// A row as it is stored in a table: JSON in one column, read back through its schema.
import type { z } from 'zod';

import { TerminalError } from '../../domain/errors';
import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import type { NewEntity, StoredEntity } from './lazy-table';

/** The column that is the row; the others are for a person who opens the table. */
const COLUMN = 'row';
/** A text column holds 64 KiB of UTF-16 (the table service's data model). */
const MAX_CHARACTERS = 32 * 1024;

/**
 * The entity for `row`.
 *
 * @param shown columns for people; nothing reads them back.
 * @throws TerminalError when the row does not fit its schema or its column.
 */
export function entityOf<Row>(
  schema: z.ZodType<Row>,
  keys: { readonly partitionKey: string; readonly rowKey: string },
  row: Row,
  shown: (row: Row) => Readonly<Record<string, string | number | boolean | undefined>> = () => ({}),
): NewEntity {
  const name = `${keys.partitionKey}/${keys.rowKey}`;
  const checked = parseUntrusted(schema, row);
  if (!checked.success) {
    throw new TerminalError(
      `Row ${name} is not written, it does not fit its schema: ${checked.error.message}`,
      {
        row: name,
      },
    );
  }
  const text = JSON.stringify(checked.data);
  if (text.length > MAX_CHARACTERS) {
    throw new TerminalError(
      `Row ${name} has ${text.length} characters, a column holds at most ${MAX_CHARACTERS}: shorten what it carries`,
      { row: name, characters: text.length },
    );
  }
  return { ...shown(checked.data), ...keys, [COLUMN]: text };
}

/**
 * The row that an entity holds.
 *
 * @throws TerminalError when the entity holds no valid row. That is never an absent row (I3).
 */
export function rowOf<Row>(schema: z.ZodType<Row>, entity: StoredEntity, table: string): Row {
  const name = `${entity.partitionKey}/${entity.rowKey}`;
  const text = entity.columns[COLUMN];
  const parsed = parseUntrusted(schema, typeof text === 'string' ? jsonOf(text) : undefined);
  if (parsed.success) return parsed.data;
  throw new TerminalError(
    `Row ${name} of table ${table} is not one that this version understands (column "${COLUMN}"): ${parsed.error.message}`,
    { table, row: name },
  );
}

/** Undefined for text that is not JSON; no schema of a row accepts undefined. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A name from configuration as a key: keys may not hold `/ \ # ?` or control characters (the table service's data
 * model). Reads like the name where it can; two names never share a key.
 */
export function keyOfName(name: string): string {
  return encodeURIComponent(name).replaceAll('%', '=');
}
