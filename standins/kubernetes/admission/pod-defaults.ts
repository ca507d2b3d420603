// What a pod is given from outside itself: its priority, and its patience with nodes that fail (recorded: E01, O08).
import { forbidden } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { at, type JsonObject, listAt, numberAt, objectAt, textAt } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import type { Admission } from '../writes/creation';

/** Every cluster has these two classes. */
const SYSTEM_PRIORITIES: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** Throws the 403 of a priority class that is not there. */
export function withPriority({ store }: KubernetesContext, admission: Admission): JsonObject {
  const spec = objectAt(admission.body, 'spec');
  const name = textAt(spec, 'priorityClassName');
  const classes = store.list('priorityclasses.scheduling.k8s.io').items;
  const chosen =
    name === undefined
      ? classes.find((one) => at(one, 'globalDefault') === true)
      : classes.find(({ metadata }) => metadata.name === name);
  const system = name === undefined ? undefined : SYSTEM_PRIORITIES[name];
  if (name !== undefined && !chosen && system === undefined)
    throw forbidden(admission.resource, admission.name, `no PriorityClass with name ${name} was found`);
  return {
    ...admission.body,
    spec: {
      ...spec,
      ...(chosen && { priorityClassName: chosen.metadata.name }),
      priority: system ?? priorityOf(chosen),
      preemptionPolicy: textAt(chosen, 'preemptionPolicy') ?? 'PreemptLowerPriority',
    },
  };
}

function priorityOf(chosen: KubeObject | undefined): number {
  return numberAt(chosen, 'value') ?? 0;
}

/** Throws the 403 of a runtime class that is not there. */
export function checkRuntimeClass({ store }: KubernetesContext, admission: Admission): void {
  const name = textAt(admission.body, 'spec', 'runtimeClassName');
  if (name === undefined || store.get({ resource: 'runtimeclasses.node.k8s.io', name })) return;
  throw forbidden(admission.resource, admission.name, `pod rejected: RuntimeClass "${name}" not found`);
}

/** Seconds that a pod stays bound to a node that is lost, unless it says otherwise. */
const PATIENCE_SECONDS = 300;

const NODE_FAILURES = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** Adds the tolerations that the pod has not itself. */
export function withPatience(body: JsonObject): JsonObject {
  const spec = objectAt(body, 'spec');
  const own = listAt(spec, 'tolerations');
  const missing = NODE_FAILURES.filter(
    (key) =>
      !own.some(
        (one) =>
          (textAt(one, 'key') ?? key) === key && (textAt(one, 'effect') ?? 'NoExecute') === 'NoExecute',
      ),
  );
  const added = missing.map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: PATIENCE_SECONDS,
  }));
  return { ...body, spec: { ...spec, tolerations: [...own, ...added] } };
}
