// The registries and identities that the policy names in full, which the doctor can look at before any job needs them.
import { forbidden, type Policy } from '../../../domain/spec/policy';

/** Login servers of Azure Container Registry, in its clouds: no other registry takes identities of Azure. */
const AZURE_REGISTRY = /^[a-z0-9-]+\.azurecr\.(?:io|us|cn)$/;

export interface PolicyNames {
  /** Login servers in lower case. */
  readonly registries: readonly string[];
  /** As the policy has them. */
  readonly identities: readonly string[];
}

/** What each of the policies allows and one of them names without a `*`. */
export function policyNames(policies: readonly Policy[]): PolicyNames {
  const registries = named(policies, 'registries')
    .map((server) => server.toLowerCase())
    .filter((server) => policies.every((policy) => forbidden({ registry: { server } }, policy).length === 0));
  const identities = named(policies, 'identities').filter((identity) =>
    policies.every(
      ({ identities }) => forbidden({ registry: { server: '', identity } }, { identities }).length === 0,
    ),
  );
  return {
    registries: [...new Set(registries)].filter((server) => AZURE_REGISTRY.test(server)),
    identities: [...new Map(identities.map((identity) => [identity.toLowerCase(), identity])).values()],
  };
}

function named(policies: readonly Policy[], what: 'registries' | 'identities'): readonly string[] {
  return policies.flatMap((policy) => policy[what] ?? []).filter((entry) => !entry.includes('*'));
}
