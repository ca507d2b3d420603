// An instance as the management API shows it.
import type { JsonValue } from './history/net-json';
import type { InstanceRow } from './instance-row';
import { formatSecond } from './instant';

export interface InstanceStatus {
  readonly name: string;
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly input: JsonValue;
  readonly customStatus: JsonValue;
  readonly output: JsonValue;
  /** Whole seconds, with Z. */
  readonly createdTime: string;
  readonly lastUpdatedTime: string;
  readonly historyEvents?: readonly JsonValue[];
}

export function instanceStatus(
  row: InstanceRow,
  showInput: boolean,
  historyEvents?: readonly JsonValue[],
): InstanceStatus {
  return {
    name: row.name,
    instanceId: row.instanceId,
    runtimeStatus: row.status,
    input: showInput ? jsonOrText(row.input) : null,
    customStatus: jsonOrText(row.customStatus),
    output: jsonOrText(row.output),
    createdTime: formatSecond(row.createdAt),
    lastUpdatedTime: formatSecond(row.updatedAt),
    ...(historyEvents === undefined ? {} : { historyEvents }),
  };
}

/** The JSON value of a text. A text that is no JSON, such as a reason, is its own value, trimmed. */
export function jsonOrText(text: string | null): JsonValue {
  if (text === null) return null;
  const trimmed = text.trim();
  if (trimmed === '') return '';
  try {
    return JSON.parse(trimmed) as JsonValue;
  } catch {
    return trimmed;
  }
}
