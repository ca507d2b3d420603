// Counts quotas anew when something of their namespace goes or ends, or when the quota itself is made or changed.
import type { Timer } from '../../kernel/timers';
import { countAnew } from '../admission/quota';
import type { KubernetesContext } from '../context';
import { RESOURCE_QUOTAS } from '../resources/resources';
import { sameJson, textAt } from '../store/json';

/** Returns what stops it. */
export function startQuotaController(context: KubernetesContext): () => void {
  const { store, timers } = context;
  const due = new Map<string, Timer>();
  const unsubscribe = store.subscribe(({ type, resource, object, previous }) => {
    const { namespace } = object.metadata;
    if (namespace === undefined || due.has(namespace)) return;
    const ofQuota = resource === RESOURCE_QUOTAS.name && !sameJson(object['spec'], previous?.['spec']);
    const ended = textAt(object, 'status', 'phase') !== textAt(previous, 'status', 'phase');
    if (!ofQuota && !ended && type !== 'DELETED') return;
    const count = (): void => {
      due.delete(namespace);
      countAnew(context, namespace);
    };
    due.set(namespace, timers.after(0, count));
  });
  return () => {
    unsubscribe();
    for (const timer of due.values()) timer.cancel();
  };
}
