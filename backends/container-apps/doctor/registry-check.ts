// What the doctor finds of a registry that jobs pull from by identity: whether it is there, lets the platform in, takes
// its tokens, and lets the identities pull.
import type { Check } from '../../../domain/backend/check';
import { checkWithGaps, type Finding } from '../../findings';
import { findRegistry } from './find-registry';
import { mayNotRead, pullVerdict } from './pull-roles';
import type { Registry, RegistryReads } from './registry-reads';

const NETWORK_UNSEEN = "how the environment's own network leads to it can't be seen from here";

/**
 * `server`: its login server. `identities`: resource ids of those that pull from it. `likely`: the subscriptions to
 * look into first. Rejects when Azure can't be asked.
 */
export async function registryCheck(
  called: string,
  server: string,
  identities: readonly string[],
  likely: readonly string[],
  reads: RegistryReads,
): Promise<Check> {
  const found = await findRegistry(server, likely, reads);
  switch (found.kind) {
    case 'nowhere':
      return checkWithGaps(called, '', [missing(server)], []);
    case 'unseen':
      return checkWithGaps(called, '', [unseen(server, found.subscriptions, found.isTaken)], []);
    case 'forbidden': {
      const gaps = found.subscriptions.map((id) =>
        mayNotRead(`the registries of subscription ${id}`, `/subscriptions/${id}`),
      );
      return checkWithGaps(called, '', [], gaps);
    }
    case 'found':
      return checkFound(called, server, found.registry, identities, reads);
  }
}

async function checkFound(
  called: string,
  server: string,
  registry: Registry,
  identities: readonly string[],
  reads: RegistryReads,
): Promise<Check> {
  const verdicts = await Promise.all(identities.map((identity) => pullVerdict(registry, identity, reads)));
  const findings = [...networkFindings(registry), ...tokenFindings(registry)];
  const gaps = verdicts.flatMap((verdict) => (verdict?.kind === 'untold' ? [verdict.gap] : []));
  findings.push(...verdicts.flatMap((verdict) => (verdict?.kind === 'fault' ? [verdict.finding] : [])));
  const by = verdicts.flatMap((verdict) => (verdict?.kind === 'pulls' ? [verdict.by] : []));
  const pulled =
    by.length === 0
      ? 'no identity that is there was named to pull from it'
      : `${by.length} of ${counted(identities.length, 'identity', 'identities')} may pull (${by.join('; ')})`;
  const well = `${server} is open to public networks, and ${pulled}; ${NETWORK_UNSEEN}`;
  return checkWithGaps(called, well, findings, gaps);
}

function missing(server: string): Finding {
  const name = server.split('.')[0] ?? server;
  return {
    standing: 'failed',
    detail: `nobody has a registry ${server}`,
    todo: `Make it: az acr create --name ${name} --resource-group GROUP --sku Standard. Or name another in GPU_JOBS_POLICY.`,
  };
}

function unseen(server: string, subscriptions: readonly string[], isTaken: boolean): Finding {
  const name = server.split('.')[0] ?? server;
  const where = `registry ${server} is in none of the subscriptions that this identity sees: ${subscriptions.join(', ')}`;
  return {
    standing: 'warning',
    detail: isTaken ? `${where}; somebody has it` : where,
    todo: `Look into the subscription that has it: az acr show --name ${name} --subscription SUBSCRIPTION. Let this identity read it there, so that the rest can be inspected.`,
  };
}

/** Container Apps is none of the services that a registry trusts whatever its network rules say. */
function networkFindings({ name, properties }: Registry): readonly Finding[] {
  const { publicNetworkAccess = 'Enabled', networkRuleSet, privateEndpointConnections } = properties;
  const isClosed = publicNetworkAccess.toLowerCase() !== 'enabled';
  const isFiltered = networkRuleSet?.defaultAction?.toLowerCase() === 'deny';
  if (!isClosed && !isFiltered) return [];
  const endpoints = privateEndpointConnections?.length ?? 0;
  const addresses = isClosed ? 0 : (networkRuleSet?.ipRules.length ?? 0);
  const ways = `${counted(addresses, 'rule of its firewall', 'rules of its firewall')} and ${counted(endpoints, 'private endpoint', 'private endpoints')}`;
  const closed = isClosed
    ? `registry ${name} takes nothing from public networks`
    : `registry ${name} lets in only what its firewall names`;
  const open = `az acr update --name ${name} ${isClosed ? '--public-network-enabled true ' : ''}--default-action Allow`;
  return [
    {
      standing: addresses + endpoints === 0 ? 'failed' : 'warning',
      detail:
        addresses + endpoints === 0
          ? `${closed}, and no private endpoint leads to it`
          : `${closed}; there are ${ways}, and ${NETWORK_UNSEEN}`,
      todo: isClosed
        ? `Open it: ${open}, or give the environment's network a private endpoint of it.`
        : `Open it: ${open}, or let in the address by which the environment leaves its network: az acr network-rule add --name ${name} --ip-address ADDRESS`,
    },
  ];
}

/** The platform comes with a token for Resource Manager. */
function tokenFindings({ name, properties }: Registry): readonly Finding[] {
  if (properties.policies?.azureADAuthenticationAsArmPolicy?.status?.toLowerCase() !== 'disabled') return [];
  return [
    {
      standing: 'failed',
      detail: `registry ${name} takes no tokens for Resource Manager, and Container Apps pulls with such a one`,
      todo: `az acr config authentication-as-arm update --registry ${name} --status enabled`,
    },
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
