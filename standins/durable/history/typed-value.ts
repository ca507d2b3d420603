// Converts between the worker's typed values and the JSON texts that histories keep.
import type { RpcTypedData } from '../../functions-host/app/function-app';
import { type JsonValue, writeJson, writeNumber } from './net-json';

/** What an activity returned, as TaskCompleted.Result: JSON text, null for null and undefined. */
export function resultText(value: RpcTypedData | undefined): string | null {
  if (value === undefined) return null;
  const { string, json, bytes, int, double } = value;
  if (typeof string === 'string') return writeJson(string);
  if (typeof json === 'string') return rewritten(json);
  if (typeof int === 'number' || typeof int === 'string') return String(int);
  if (typeof double === 'number') return writeNumber(double);
  if (bytes !== undefined && bytes !== null) return writeJson(Buffer.from(bytes).toString('base64'));
  return null;
}

/** JSON text in the form of the store; null for the JSON value null. Throws a SyntaxError for text that is no JSON. */
export function rewritten(text: string): string | null {
  const value = JSON.parse(text) as JsonValue;
  return value === null ? null : writeJson(value);
}

/** What an activity's binding carries. */
export function activityTrigger(input: string | null): RpcTypedData {
  return input === null ? {} : { string: input };
}
