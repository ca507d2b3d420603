// The template functions whose values only a deployment has: here something stands for them, and is marked so.
import { createHash } from 'node:crypto';

import { ExpressionError } from '../expression';
import { assumptionMark, isObject, marked } from '../marks';
import type { Arguments } from './arguments';
import { byName, type NamedFunction, type TemplateFunction } from './template-function';

/** Stand-ins for the subscription and the resource group of a deployment that never happens. */
const SUBSCRIPTION_ID = '00000000-0000-0000-0000-000000000000';
const RESOURCE_GROUP = 'resource-group';
const DEPLOYMENT = 'deployment';
const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const GROUP = `${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}`;

/** `location`: the resource group's, where it was given. */
export function deploymentFunctions(location: string | undefined): ReadonlyMap<string, NamedFunction> {
  return byName([['resourceGroup', (args) => resourceGroup(args, location)], ...Object.entries(FUNCTIONS)]);
}

function resourceGroup(args: Arguments, location: string | undefined): unknown {
  args.count(0);
  const unknown = standIn(
    { id: GROUP, name: RESOURCE_GROUP, tags: {}, managedBy: null },
    `resourceGroup() is not known here: the name "${RESOURCE_GROUP}" stands for it`,
  );
  const place =
    location ??
    marked(
      'location-not-given',
      assumptionMark('resourceGroup().location is not known here: give `location` (--location)'),
    );
  const known = { type: 'Microsoft.Resources/resourceGroups', location: place };
  return isObject(unknown) ? { ...unknown, ...known } : known;
}

const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  subscription: (args) => {
    args.count(0);
    return standIn(
      { id: SUBSCRIPTION, subscriptionId: SUBSCRIPTION_ID, tenantId: SUBSCRIPTION_ID, displayName: '-' },
      `subscription() is not known here: ${SUBSCRIPTION_ID} stands for its id`,
    );
  },
  deployment: (args) => {
    args.count(0);
    return standIn(
      {
        name: DEPLOYMENT,
        location: 'location-not-given',
        properties: { mode: 'Incremental', provisioningState: 'Accepted', templateHash: '0' },
      },
      `deployment() is not known here: the name "${DEPLOYMENT}" stands for it`,
    );
  },
  resourceId: (args) => {
    const { given, path } = parted(args, 2);
    const scope = `/subscriptions/${given.length === 2 ? (given[0] ?? '') : SUBSCRIPTION_ID}/resourceGroups/${given.at(-1) ?? RESOURCE_GROUP}`;
    return placed(args, scope, path, given.length === 2 ? undefined : 'resourceId()');
  },
  subscriptionResourceId: (args) => {
    const { given, path } = parted(args, 1);
    const scope = `/subscriptions/${given[0] ?? SUBSCRIPTION_ID}`;
    return placed(args, scope, path, given.length === 1 ? undefined : 'subscriptionResourceId()');
  },
  tenantResourceId: (args) => placed(args, '', parted(args, 0).path, undefined),
  extensionResourceId: (args) => {
    args.count(3, Infinity);
    const [scope = '', ...rest] = args.given.map((_, index) => args.words(index));
    return args.budget.joined([scope, pathOf(rest)]);
  },
  uniqueString: (args) => {
    args.count(1, Infinity);
    const hash = createHash('sha256');
    for (const index of args.given.keys()) hash.update(args.words(index)).update('\0');
    // 13 characters, as Azure's has.
    const text = hash
      .digest('hex')
      .replace(/[0-9]/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))
      .slice(0, 13);
    return standIn(text, 'uniqueString() gives another value here than Azure does');
  },
};

function standIn(value: unknown, assumption: string): unknown {
  return marked(value, assumptionMark(assumption));
}

/** What stands before the type, which is the first argument with a slash: at most `most` ids. */
function parted(args: Arguments, most: number): { readonly given: readonly string[]; readonly path: string } {
  args.count(2, Infinity);
  const words = args.given.map((_, index) => args.words(index));
  const at = words.findIndex((word) => word.includes('/'));
  if (at === -1 || at > most)
    throw new ExpressionError('names a resource without a type such as Microsoft.Storage/storageAccounts');
  return { given: words.slice(0, at), path: pathOf(words.slice(at)) };
}

function pathOf([type = '', ...names]: readonly string[]): string {
  const [provider = '', ...types] = type.split('/');
  if (types.length !== names.length)
    throw new ExpressionError(`names a resource of type ${type.slice(0, 100)} by ${names.length} names`);
  return `/providers/${provider}${types.map((one, index) => `/${one}/${names[index] ?? ''}`).join('')}`;
}

function placed(args: Arguments, scope: string, path: string, assumed: string | undefined): unknown {
  const id = args.budget.joined([scope, path]);
  return assumed === undefined
    ? id
    : standIn(id, `${assumed} is not known here: it names a placeholder subscription and resource group`);
}
