// Nothing is made in a namespace that is not there or is on its way out (recorded: C06, J02).
import { forbidden, notFound } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { NAMESPACES } from '../resources/resources';
import { textAt } from '../store/json';
import type { Admission } from '../writes/creation';

export function checkNamespace({ store }: KubernetesContext, { resource, namespace, name }: Admission): void {
  if (namespace === undefined) return;
  const found = store.get({ resource: NAMESPACES.name, name: namespace });
  if (!found) throw notFound(NAMESPACES, namespace);
  if (textAt(found, 'status', 'phase') !== 'Terminating') return;
  throw forbidden(
    resource,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  );
}
