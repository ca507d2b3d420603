// What is wrong with a ConfigMap: only its size is looked at (recorded: O02).
import { type FieldFault, tooLong } from '../answers/invalid';
import { objectAt, textOf } from '../store/json';
import type { KubeObject } from '../store/kube-object';

/** All values together. */
export const MOST_DATA_BYTES = 1024 * 1024;

export function validateConfigMap(object: KubeObject): readonly FieldFault[] {
  const bytes = [
    ...Object.values(objectAt(object, 'data')),
    ...Object.values(objectAt(object, 'binaryData')),
  ].reduce((sum: number, value) => sum + Buffer.byteLength(textOf(value)), 0);
  return bytes > MOST_DATA_BYTES ? [tooLong('[]', MOST_DATA_BYTES)] : [];
}
