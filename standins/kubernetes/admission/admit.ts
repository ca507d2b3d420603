// What looks at a new object: before its validation, when it may still be changed, and after it, when only the answer
// is open.
import type { KubernetesContext } from '../context';
import { PODS } from '../resources/resources';
import type { JsonObject } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import type { Admission } from '../writes/creation';
import { checkNamespace } from './namespace-lifecycle';
import { checkRuntimeClass, withPatience, withPriority } from './pod-defaults';
import { checkPodSecurity } from './pod-security';
import { checkQuotas } from './quota';
import { withServiceAccount } from './service-account';
import { withWorkloadIdentity } from './workload-identity';

/**
 * Returns the body as it goes on. Throws the 403 or 404 of whoever refuses it; it names the object as it was sent, so a
 * generated name is not there yet (recorded: O08).
 */
export function admit(context: KubernetesContext, admission: Admission): JsonObject {
  checkNamespace(context, admission);
  if (admission.resource !== PODS) return admission.body;
  let { body } = admission;
  for (const change of POD_CHANGES) body = change(context, { ...admission, body });
  return body;
}

const POD_CHANGES: readonly ((context: KubernetesContext, admission: Admission) => JsonObject)[] = [
  withServiceAccount,
  withWorkloadIdentity,
  withPriority,
  (_context, { body }) => withPatience(body),
  (context, admission) => {
    checkRuntimeClass(context, admission);
    return admission.body;
  },
];

/** Throws the 403 of whoever refuses the finished object. */
export function admitFinished(context: KubernetesContext, admission: Admission, object: KubeObject): void {
  checkPodSecurity(context, admission, object);
  checkQuotas(context, admission, object);
}
