// Requests to Resource Manager as the rights that they take, in the words of Azure's roles.
import type { WireRequest } from '../../../standins/wire/handler';

const VERBS: Readonly<Record<string, string>> = {
  GET: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
};

interface RequestedRights {
  /** Any of them may be what is asked for: each must be granted. */
  readonly rights: readonly string[];
  /** Where it is given: a resource group, a subscription, an environment, an identity. */
  readonly scope: string;
}

/**
 * Undefined of what is no request to a provider. A path's types are its names of odd places; a POST ends with its
 * action. Beside the right of its own path a stop may take that of the path that az has, and a write of a job takes
 * rights on what it names (docs/facts/container-apps.md#rights).
 */
export function rightsOf({ method, url, body }: WireRequest): RequestedRights[] {
  const [, scope = '', provider, path] = /^(.*?)\/providers\/([^/]+)\/(.+)$/i.exec(url.pathname) ?? [];
  if (provider === undefined || path === undefined) return [];
  const types = path.split('/').filter((_, place) => place % 2 === 0);
  const verb = method === 'POST' ? 'action' : (VERBS[method] ?? method);
  const own = [provider, ...types, verb].join('/');
  const rights = own.endsWith('/executions/stop/action')
    ? [own, own.replace('executions/stop', 'stop/execution')]
    : [own];
  const [type, name = ''] = path.split('/');
  const isOfEnvironment = type === 'managedEnvironments';
  const at = isOfEnvironment ? `${scope}/providers/${provider}/${type}/${name}` : scope;
  return [{ rights, scope: at }, ...linked(own, body)];
}

/** What a write of a job names must be allowed to be named. */
function linked(right: string, body: Buffer): RequestedRights[] {
  if (right !== 'Microsoft.App/jobs/write') return [];
  const { properties, identity } = JSON.parse(body.toString('utf8')) as {
    readonly properties: { readonly environmentId: string };
    readonly identity?: { readonly userAssignedIdentities: Record<string, unknown> };
  };
  return [
    { rights: ['Microsoft.App/managedEnvironments/join/action'], scope: properties.environmentId },
    ...Object.keys(identity?.userAssignedIdentities ?? {}).map((scope) => ({
      rights: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'],
      scope,
    })),
  ];
}

/** Whether a role with these actions grants the right. */
export function isGranted(right: string, actions: readonly string[]): boolean {
  return actions.some((action) => grants(action, right));
}

/** `*` in an action stands for any characters; case does not count. */
export function grants(action: string, right: string): boolean {
  const pattern = action.split('*').map((part) => part.replaceAll('.', String.raw`\.`));
  return new RegExp(`^${pattern.join('.*')}$`, 'i').test(right);
}
