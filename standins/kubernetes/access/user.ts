// Who asks: by a static token, by a service account's token, or anonymously.
import { ApiFault } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { SERVICE_ACCOUNTS } from '../resources/resources';
import { readServiceToken } from './service-token';

export interface User {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** What the cluster's own programs act as. */
export const CONTROLLER_MANAGER: User = {
  name: 'system:kube-controller-manager',
  groups: ['system:masters'],
};

/** Throws the 401 for credentials that are nobody's. */
export function authenticate(context: KubernetesContext, headers: Readonly<Record<string, string>>): User {
  const { users, anonymous } = context.settings;
  const given = headers['authorization'];
  if (given === undefined && anonymous)
    return { name: 'system:anonymous', groups: ['system:unauthenticated'] };
  const token = /^Bearer +(\S+) *$/i.exec(given ?? '')?.[1];
  const user = users.find((one) => one.token === token);
  if (user && token !== undefined) {
    const { name, uid, groups } = user;
    return { name, ...(uid !== undefined && { uid }), groups: [...groups, 'system:authenticated'] };
  }
  const account = token === undefined ? undefined : serviceAccount(context, token);
  if (account) return account;
  throw new ApiFault(401, 'Unauthorized', 'Unauthorized');
}

function serviceAccount({ store, clock }: KubernetesContext, token: string): User | undefined {
  const read = readServiceToken(token);
  if (!read || read.expiresAt <= clock.now()) return undefined;
  const { namespace, name, uid, id } = read;
  const account = store.get({ resource: SERVICE_ACCOUNTS.name, namespace, name });
  if (account?.metadata.uid !== uid) return undefined;
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    uid,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${id}`] },
  };
}
