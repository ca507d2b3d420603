// What looks at an object between its decoding and its validation, and may change or refuse it.
import type { KubernetesContext } from '../context';
import type { JsonObject } from '../store/json';
import type { Admission } from '../writes/creation';
import { checkNamespace } from './namespace-lifecycle';

/** Returns the body as it goes on. Throws the 403 or 404 of whoever refuses it. */
export function admit(context: KubernetesContext, admission: Admission): JsonObject {
  checkNamespace(context, admission);
  return admission.body;
}
