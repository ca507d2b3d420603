// What is wrong with a Secret (recorded: D02).
import { type FieldFault, forbiddenField, invalidValue, required, tooLong } from '../answers/invalid';
import { goJsonError } from '../schema/go-json-error';
import { at, objectAt, sameJson, textAt, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { MOST_DATA_BYTES } from './config-map-validation';

const REDACTED = '<secret contents redacted>';

/** What a type must hold, by type. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/** Types whose content is JSON. */
const JSON_TYPES = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];

export function validateSecret(secret: KubeObject): readonly FieldFault[] {
  const type = textAt(secret, 'type') ?? '';
  const data = objectAt(secret, 'data');
  const bytes = Object.values(data).reduce(
    (sum: number, value) => sum + Buffer.from(textOf(value), 'base64').length,
    0,
  );
  const faults = bytes > MOST_DATA_BYTES ? [tooLong('data', MOST_DATA_BYTES)] : [];
  for (const key of NEEDED[type] ?? []) {
    const field = `data[${key}]`;
    const content = data[key];
    if (content === undefined) faults.push(required(field));
    else if (JSON_TYPES.includes(type)) {
      const fault = goJsonError(Buffer.from(textOf(content), 'base64').toString('utf8'));
      if (fault !== undefined) faults.push(invalidValue(field, REDACTED, fault));
    }
  }
  return faults;
}

export function changedSecretFaults(next: KubeObject, current: KubeObject): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  if (!sameJson(next['type'], current['type']))
    faults.push(invalidValue('type', next['type'] ?? '', 'field is immutable'));
  if (at(current, 'immutable') === true && !sameJson(next['data'], current['data']))
    faults.push(forbiddenField('data', 'field is immutable when `immutable` is set'));
  return faults;
}
