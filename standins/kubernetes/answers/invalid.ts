// What is wrong with fields of an object, in the server's words, and the 422 that says so.
import type { Json } from '../store/json';
import { ApiFault, type Cause, type StatusDetails } from './api-fault';

/** Something wrong with one field. */
export type FieldFault = Required<Cause>;

export function required(field: string, detail = ''): FieldFault {
  return { reason: 'FieldValueRequired', message: withDetail('Required value', detail), field };
}

export function invalidValue(field: string, value: Json, detail: string): FieldFault {
  return {
    reason: 'FieldValueInvalid',
    message: withDetail(`Invalid value: ${JSON.stringify(value)}`, detail),
    field,
  };
}

export function notSupported(field: string, value: Json, supported: readonly string[]): FieldFault {
  const values = supported.map((one) => JSON.stringify(one)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`,
    field,
  };
}

export function forbiddenField(field: string, detail: string): FieldFault {
  return { reason: 'FieldValueForbidden', message: withDetail('Forbidden', detail), field };
}

/** `[]` names the object itself. */
export function tooLong(field: string, mostBytes: number): FieldFault {
  return {
    reason: 'FieldValueTooLong',
    message: `Too long: may not be more than ${mostBytes} bytes`,
    field,
  };
}

function withDetail(text: string, detail: string): string {
  return detail === '' ? text : `${text}: ${detail}`;
}

/** The 422 for faults of an object of this kind; equal faults are said once in its sentence. */
export function invalid(
  { group, kind }: { readonly group: string; readonly kind: string },
  name: string,
  faults: readonly FieldFault[],
): ApiFault {
  const said = [...new Set(faults.map(({ field, message }) => `${field}: ${message}`))];
  const all = said.length === 1 ? said.join('') : `[${said.join(', ')}]`;
  const what = group === '' ? kind : `${kind}.${group}`;
  const details: StatusDetails = {
    ...(name !== '' && { name }),
    ...(group !== '' && { group }),
    kind,
    causes: faults.map(({ reason, message, field }) => ({ reason, message, field })),
  };
  return new ApiFault(422, 'Invalid', `${what} "${name}" is invalid: ${all}`, details);
}
