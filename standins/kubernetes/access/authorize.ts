// Who may do what: the Roles and bindings among the cluster's own objects, and what every cluster grants.
import { ApiFault, detailsOf } from '../answers/api-fault';
import type { KubernetesContext } from '../context';
import { type Json, listAt, textAt } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import type { User } from './user';

const GROUP = 'rbac.authorization.k8s.io';

/** What somebody wants to do with resources. */
export interface Attributes {
  readonly verb: string;
  readonly group: string;
  /** With its subresource: `pods/log`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** `reason`: as an access review words it. */
export type Decision = { readonly allowed: true; readonly reason: string } | { readonly allowed: false };

/** What `system:basic-user` and `system:discovery` grant to everybody who is known. */
const KNOWN_MAY_CREATE = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews'];
const PUBLIC_PATHS = ['/healthz', '/livez', '/readyz', '/version'];
const DISCOVERY_PATHS = ['/api', '/apis', '/openapi', ...PUBLIC_PATHS];
/** For service accounts too (the role system:service-account-issuer-discovery). */
const ISSUER_PATHS = ['/.well-known/openid-configuration', '/openid/v1/jwks'];

export function authorize({ store }: KubernetesContext, user: User, wanted: Attributes): Decision {
  if (user.groups.includes('system:masters')) return { allowed: true, reason: '' };
  if (
    user.groups.includes('system:authenticated') &&
    wanted.verb === 'create' &&
    ['authorization.k8s.io', 'authentication.k8s.io'].includes(wanted.group) &&
    KNOWN_MAY_CREATE.includes(wanted.resource)
  )
    return {
      allowed: true,
      reason:
        'RBAC: allowed by ClusterRoleBinding "system:basic-user" of ClusterRole "system:basic-user" to Group "system:authenticated"',
    };
  const bindings = [
    ...store.list(`clusterrolebindings.${GROUP}`).items,
    ...(wanted.namespace === undefined ? [] : store.list(`rolebindings.${GROUP}`, wanted.namespace).items),
  ];
  for (const binding of bindings) {
    const subject = listAt(binding, 'subjects').find((one) => isSubject(one, user, binding));
    if (subject === undefined) continue;
    const kind = textAt(binding, 'roleRef', 'kind') ?? '';
    const name = textAt(binding, 'roleRef', 'name') ?? '';
    const { namespace } = binding.metadata;
    const role =
      kind === 'ClusterRole'
        ? store.get({ resource: `clusterroles.${GROUP}`, name })
        : store.get({ resource: `roles.${GROUP}`, name, ...(namespace !== undefined && { namespace }) });
    if (!listAt(role, 'rules').some((rule) => grants(rule, wanted))) continue;
    const where = namespace === undefined ? binding.metadata.name : `${binding.metadata.name}/${namespace}`;
    return {
      allowed: true,
      reason: `RBAC: allowed by ${binding.kind} "${where}" of ${kind} "${name}" to ${subjectWords(subject)}`,
    };
  }
  return { allowed: false };
}

function isSubject(subject: Json, { name, groups }: User, binding: KubeObject): boolean {
  const subjectName = textAt(subject, 'name') ?? '';
  switch (textAt(subject, 'kind') ?? '') {
    case 'User':
      return subjectName === name;
    case 'Group':
      return groups.includes(subjectName);
    case 'ServiceAccount': {
      const namespace = textAt(subject, 'namespace') ?? binding.metadata.namespace ?? '';
      return name === `system:serviceaccount:${namespace}:${subjectName}`;
    }
    default:
      return false;
  }
}

function subjectWords(subject: Json): string {
  const name = textAt(subject, 'name') ?? '';
  const namespace = textAt(subject, 'namespace');
  return `${textAt(subject, 'kind') ?? ''} "${namespace === undefined ? name : `${name}/${namespace}`}"`;
}

function grants(rule: Json, { verb, group, resource, name }: Attributes): boolean {
  const names = listAt(rule, 'resourceNames');
  return (
    includes(listAt(rule, 'verbs'), verb) &&
    includes(listAt(rule, 'apiGroups'), group) &&
    (includes(listAt(rule, 'resources'), resource) ||
      listAt(rule, 'resources').includes(`*/${resource.split('/')[1] ?? ''}`)) &&
    (names.length === 0 || (name !== undefined && names.includes(name)))
  );
}

function includes(list: readonly Json[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

/** Whether somebody may ask for a path that is no resource. */
export function authorizePath({ groups }: User, path: string): boolean {
  if (groups.includes('system:masters')) return true;
  const open = [
    ...(groups.includes('system:authenticated') ? DISCOVERY_PATHS : PUBLIC_PATHS),
    ...(groups.includes('system:serviceaccounts') ? ISSUER_PATHS : []),
  ];
  return open.some((one) => path === one || path.startsWith(`${one}/`));
}

/** The 403 for what somebody may not do. */
export function refusal(user: User, wanted: Attributes): ApiFault {
  const [plural = '', subresource] = wanted.resource.split('/');
  const what = wanted.group === '' ? plural : `${plural}.${wanted.group}`;
  const named = wanted.name === undefined ? what : `${what} ${JSON.stringify(wanted.name)}`;
  const asked = subresource === undefined ? plural : `${plural}/${subresource}`;
  const where =
    wanted.namespace === undefined ? 'at the cluster scope' : `in the namespace "${wanted.namespace}"`;
  return new ApiFault(
    403,
    'Forbidden',
    `${named} is forbidden: User "${user.name}" cannot ${wanted.verb} resource "${asked}" in API group "${wanted.group}" ${where}`,
    detailsOf({ group: wanted.group, plural }, wanted.name),
  );
}

/** The 403 for a path that somebody may not ask for. */
export function pathRefusal(user: User, verb: string, path: string): ApiFault {
  return new ApiFault(403, 'Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${path}"`, {});
}
