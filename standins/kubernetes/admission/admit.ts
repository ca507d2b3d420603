// What looks at an object between its decoding and its validation, and may change or refuse it.
import type { Creation } from '../api/create-object';
import type { KubernetesContext } from '../context';
import type { JsonObject } from '../store/json';
import { checkNamespace } from './namespace-lifecycle';

/** A create whose name is known. */
export type Admission = Creation & { readonly name: string };

/** Returns the body as it goes on. Throws the 403 or 404 of whoever refuses it. */
export function admit(context: KubernetesContext, admission: Admission): JsonObject {
  checkNamespace(context, admission);
  return admission.body;
}
