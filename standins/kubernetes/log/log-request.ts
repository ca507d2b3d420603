// The options of a request for a pod's log, read and checked as the API server checks them.
import { badRequest } from '../answers/api-fault';
import { type FieldFault, forbiddenField, invalid, invalidValue } from '../answers/invalid';
import { isSet } from '../api/api-request';
import type { LogOptions } from './read-log';

export interface LogRequest extends LogOptions {
  /** As asked for; undefined: the pod's only one. */
  readonly container?: string;
  readonly follow: boolean;
  /** The one before the last restart. */
  readonly previous: boolean;
}

/** `now` in milliseconds since the epoch. Throws the 400 of what can't be read and the 422 of what means nothing. */
export function readLogRequest(query: URLSearchParams, pod: string, now: number): LogRequest {
  const sinceSeconds = integer(query, 'sinceSeconds');
  const sinceTime = instant(query.get('sinceTime'));
  const tailLines = integer(query, 'tailLines');
  const limitBytes = integer(query, 'limitBytes');
  const faults: FieldFault[] = [];
  if (tailLines !== undefined && tailLines < 0)
    faults.push(invalidValue('tailLines', tailLines, 'must be greater than or equal to 0'));
  if (limitBytes !== undefined && limitBytes < 1)
    faults.push(invalidValue('limitBytes', limitBytes, 'must be greater than 0'));
  if (sinceSeconds !== undefined && sinceTime !== undefined)
    faults.push(forbiddenField('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  else if (sinceSeconds !== undefined && sinceSeconds < 1)
    faults.push(invalidValue('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  if (query.get('stream') !== null) faults.push(forbiddenField('stream', 'may not be specified'));
  if (faults.length > 0) throw invalid({ group: '', kind: 'PodLogOptions' }, pod, faults);
  const container = query.get('container') ?? '';
  const since = sinceTime ?? (sinceSeconds === undefined ? undefined : now - sinceSeconds * 1_000);
  return {
    ...(container !== '' && { container }),
    follow: isSet(query, 'follow'),
    previous: isSet(query, 'previous'),
    timestamps: isSet(query, 'timestamps'),
    ...(since !== undefined && { since }),
    ...(tailLines !== undefined && { tailLines }),
    ...(limitBytes !== undefined && { limitBytes }),
  };
}

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Fractions of a second are cut off: the API server hands whole seconds on. */
function instant(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  const [, whole, zone] = INSTANT.exec(text) ?? [];
  if (whole !== undefined && zone !== undefined) return Date.parse(whole + zone);
  const quoted = JSON.stringify(text);
  throw badRequest(`parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": cannot parse ${quoted} as "2006"`);
}
