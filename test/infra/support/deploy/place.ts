// Where a deployment goes: subscriptions and resource groups, their ids, and the functions of Bicep that tell them.
import { asObject, asText, type Value, type ValueObject } from './value';

/** A resource group, or a whole subscription. */
export interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup?: string;
}

const TENANT = '00000000-0000-0000-0000-0000000000aa';

function idOf({ subscriptionId, resourceGroup }: Place): string {
  const subscription = `/subscriptions/${subscriptionId}`;
  return resourceGroup === undefined ? subscription : `${subscription}/resourceGroups/${resourceGroup}`;
}

/** The id of a resource. */
export function placeOf(type: string, body: ValueObject, place: Place): string {
  const name = asText(body['name'] ?? '');
  if (type === 'Microsoft.Resources/resourceGroups') return `${idOf(place)}/resourceGroups/${name}`;
  const { parent, scope } = body;
  if (parent !== undefined)
    return `${asText(asObject(parent)['id'] ?? '')}/${type.split('/').at(-1) ?? ''}/${name}`;
  const at = scope === undefined ? idOf(place) : asText(asObject(scope)['id'] ?? '');
  return `${at}/providers/${type}/${name}`;
}

/** What a function gives that knows its place; undefined: it is none of these. */
export function known(
  name: string,
  args: readonly Value[],
  base: Value | undefined,
  place: Place,
  deployment: string,
): Value | undefined {
  const [first, second] = args;
  switch (name) {
    case 'subscription': {
      const subscriptionId = first === undefined ? place.subscriptionId : asText(first);
      return { id: idOf({ subscriptionId }), subscriptionId, tenantId: TENANT };
    }
    case 'resourceGroup': {
      const [subscriptionId, resourceGroup] =
        second === undefined
          ? [place.subscriptionId, first === undefined ? place.resourceGroup : asText(first)]
          : [asText(first ?? ''), asText(second)];
      if (resourceGroup === undefined) throw new Error('resourceGroup() has no group in a subscription');
      return { id: idOf({ subscriptionId, resourceGroup }), name: resourceGroup };
    }
    case 'subscriptionResourceId':
      return `${idOf({ subscriptionId: place.subscriptionId })}/providers/${asText(first ?? '')}/${asText(second ?? '')}`;
    case 'deployment':
      return { name: deployment };
    case 'environment':
      return { suffixes: { keyvaultDns: '.vault.azure.net' } };
    case 'listKeys':
      return base === undefined ? undefined : { primarySharedKey: 'a-key-of-the-workspace' };
    default:
      return undefined;
  }
}
