// What is wrong with a new object, kind by kind.
import type { FieldFault } from '../answers/invalid';
import type { Resource } from '../resources/resources';
import type { KubeObject } from '../store/kube-object';
import { validateMetadata } from './metadata-validation';

/** In the order in which the server tells the faults. */
export function validateCreate(resource: Resource, object: KubeObject): readonly FieldFault[] {
  return validateMetadata(resource, object);
}
