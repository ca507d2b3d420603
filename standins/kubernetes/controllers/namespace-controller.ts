// Gives each new namespace its default service account, and empties and removes those that are ending.
import type { Timer } from '../../kernel/timers';
import { CONTROLLER_MANAGER } from '../access/user';
import type { KubernetesContext } from '../context';
import { NAMESPACES, RESOURCES, SERVICE_ACCOUNTS, storedAs } from '../resources/resources';
import { textAt } from '../store/json';
import { createObject } from '../writes/create-object';
import { deleteObject } from '../writes/delete-object';

/** Returns what stops it. */
export function startNamespaceController(context: KubernetesContext): () => void {
  const { store, timers, settings } = context;
  const due = new Map<string, Timer>();
  const later = (name: string, delayMs: number, then: () => void): void => {
    due.get(name)?.cancel();
    due.set(name, timers.after(delayMs, then));
  };
  const end = (name: string): void => {
    if (empty(context, name)) store.remove({ resource: NAMESPACES.name, name });
    else later(name, settings.namespaceEndMs, () => end(name));
  };
  const unsubscribe = store.subscribe(({ type, resource, object }) => {
    if (resource !== NAMESPACES.name) return;
    const { name } = object.metadata;
    if (type === 'DELETED') due.delete(name);
    else if (type === 'ADDED') later(name, 0, () => addServiceAccount(context, name));
    else if (
      textAt(object, 'status', 'phase') === 'Terminating' &&
      object.metadata.deletionTimestamp !== undefined
    )
      later(name, settings.namespaceEndMs, () => end(name));
  });
  return () => {
    unsubscribe();
    for (const timer of due.values()) timer.cancel();
  };
}

/** Makes the account that pods of the namespace have unless they name another. */
export function addServiceAccount(context: KubernetesContext, namespace: string): void {
  const name = 'default';
  const { store } = context;
  const ending = store.get({ resource: NAMESPACES.name, name: namespace })?.metadata.deletionTimestamp;
  if (ending !== undefined || store.get({ resource: SERVICE_ACCOUNTS.name, namespace, name })) return;
  createObject(context, {
    resource: SERVICE_ACCOUNTS,
    namespace,
    body: { metadata: { name } },
    user: CONTROLLER_MANAGER,
  });
}

/** Asks for the deletion of all in it; returns whether nothing is left. */
function empty(context: KubernetesContext, namespace: string): boolean {
  let left = 0;
  for (const resource of RESOURCES) {
    if (!resource.namespaced || storedAs(resource) !== resource.name) continue;
    for (const { metadata } of context.store.list(resource.name, namespace).items)
      if (
        !deleteObject(context, {
          resource,
          namespace,
          name: metadata.name,
          options: { propagation: 'Background' },
        }).gone
      )
        left += 1;
  }
  return left === 0;
}
