// The end of a namespace: it is marked at once, its contents and itself go later (recorded: J01, J02).
import { notFound } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { NAMESPACES } from '../resources/resources';
import { objectAt } from '../store/json';
import { apiTime, type KubeObject, withMeta } from '../store/kube-object';
import type { DeleteOptions } from './delete-options';

/** Throws the 404 of a namespace that is not there. */
export function deleteNamespace(
  { store, clock }: KubernetesContext,
  name: string,
  { dryRun }: Pick<DeleteOptions, 'dryRun'>,
): KubeObject {
  const key = { resource: NAMESPACES.name, name };
  const current = store.get(key);
  if (!current) throw notFound(NAMESPACES, name);
  if (current.metadata.deletionTimestamp !== undefined) return current;
  const ending = {
    ...withMeta(current, { deletionTimestamp: apiTime(clock.now()) }),
    status: { ...objectAt(current, 'status'), phase: 'Terminating' },
  };
  return dryRun ? ending : store.update(key, () => ending);
}
