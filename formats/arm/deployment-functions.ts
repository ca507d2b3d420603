// The template functions whose values only a deployment has: here something stands for them, and that is told.
import { createHash } from 'node:crypto';

import type { Arguments } from './arguments';

/** What stands for the subscription and the resource group of a deployment that never happens. */
const SUBSCRIPTION_ID = '00000000-0000-0000-0000-000000000000';
const RESOURCE_GROUP = 'resource-group';
const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const GROUP = `${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}`;

/** Where the group's location was not given. */
const NO_LOCATION = 'location-not-given';

/** `assume` is told what stands for what. */
export function deploymentFunctions(
  assume: (what: string) => void,
  location: string | undefined,
): ReadonlyMap<string, (args: Arguments) => unknown> {
  return new Map<string, (args: Arguments) => unknown>([
    [
      'resourceGroup',
      (args) => {
        args.count(0);
        assume(`resourceGroup() is not known here: the name "${RESOURCE_GROUP}" stands for it`);
        return {
          id: GROUP,
          name: RESOURCE_GROUP,
          type: 'Microsoft.Resources/resourceGroups',
          location: location ?? NO_LOCATION,
          tags: {},
        };
      },
    ],
    [
      'subscription',
      (args) => {
        args.count(0);
        assume(`subscription() is not known here: ${SUBSCRIPTION_ID} stands for its id`);
        return {
          id: SUBSCRIPTION,
          subscriptionId: SUBSCRIPTION_ID,
          tenantId: SUBSCRIPTION_ID,
          displayName: '',
        };
      },
    ],
    [
      'resourceId',
      (args) => {
        assume('resourceId() is not known here: it names a placeholder subscription and resource group');
        return resourceId(args);
      },
    ],
    [
      'uniqueString',
      (args) => {
        args.count(1, Infinity);
        assume('uniqueString() gives another value here than Azure does');
        const hash = createHash('sha256');
        for (const index of args.all.keys()) hash.update(args.words(index)).update('\0');
        // 13 characters, as Azure's has.
        return hash
          .digest('hex')
          .replace(/[0-9]/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
          .slice(0, 13);
      },
    ],
  ]);
}

/** `[subscription, [group,]] type, name, …` as ARM takes it: the type is the first argument with a slash. */
function resourceId(args: Arguments): string {
  args.count(2, Infinity);
  const words = args.all.map((_, index) => args.words(index));
  const at = words.findIndex((word) => word.includes('/'));
  const [provider = '', ...types] = (words[at] ?? '').split('/');
  const names = words.slice(at + 1);
  const given = words.slice(0, Math.max(0, at));
  const scope = [
    `/subscriptions/${given.length === 2 ? (given[0] ?? '') : SUBSCRIPTION_ID}`,
    `/resourceGroups/${given.at(-1) ?? RESOURCE_GROUP}`,
  ].join('');
  const path = types.map((type, index) => `/${type}/${names[index] ?? ''}`);
  return args.budget.joined([scope, '/providers/', provider, ...path]);
}
