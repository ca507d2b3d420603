// The table's part on creates: what the answer to a PUT means. The first row that matches counts.
import type { FailureRow } from './failure-row';

type CreateRow = Omit<FailureRow, 'where' | 'ends'>;

/** Answers that say that nothing was created; of the rest the protocol's §4.1 holds. */
const REFUSED: readonly CreateRow[] = [
  {
    codes: ['ServiceUnavailable'],
    shown: 'a text about a quota',
    text: /quota/i,
    reason: 'quota',
    source: 'docs/facts/container-instances.md#quota',
  },
  {
    codes: ['ServiceUnavailable', 'InsufficientCapacity', 'InsufficientCapacity.'],
    reason: 'capacity',
    source: 'docs/facts/container-instances.md#capacity',
  },
  {
    codes: ['ContainerGroupQuotaReached'],
    reason: 'quota',
    source: 'docs/facts/container-instances.md#quota',
  },
  {
    codes: ['RegistryErrorResponse'],
    reason: 'registry',
    source: 'docs/facts/container-instances.md#images',
  },
  {
    codes: ['InaccessibleImage'],
    reason: 'image-not-found',
    source: 'docs/facts/container-instances.md#images',
  },
  {
    codes: ['ResourceRequestsThrottled', 'TooManyRequests', 'SubscriptionRequestsThrottled'],
    reason: 'throttled',
    source: 'docs/facts/azure-resource-manager.md#throttled',
  },
  { statuses: [429], reason: 'throttled', source: 'docs/facts/azure-resource-manager.md#throttled' },
  {
    codes: ['InvalidContainerGroupUpdate'],
    reason: 'name-taken',
    source: 'docs/facts/container-instances.md#repeated-put',
  },
  {
    codes: [
      'AuthorizationFailed',
      'LinkedAuthorizationFailed',
      'RequestDisallowedByPolicy',
      'ResourceGroupNotFound',
      'ResourceGroupBeingDeleted',
      'SubscriptionNotFound',
      'InvalidSubscriptionId',
      'MissingSubscriptionRegistration',
      'SubscriptionNotRegistered',
      'ReadOnlyDisabledSubscription',
      'ScopeLocked',
      'NoRegisteredProviderFound',
      'LocationNotAvailableForResourceType',
    ],
    reason: 'refused',
    class: 'infrastructure',
    source:
      "docs/facts/azure-resource-manager.md#refused-before-the-service; the placement's own trouble, so the next placement is tried",
  },
  {
    codes: [
      'SpotPriorityContainerGroupWithGPUResourcesNotSupported',
      'SpotPriorityContainerGroupNotSupportedForInboundConnectivity',
      'SpotPriorityContainerGroupNotSupportedInSku',
      'PriorityNotSpecified',
    ],
    reason: 'refused',
    source: 'docs/facts/container-instances.md#refusals',
  },
  {
    codes: ['OsVersionNotSupported', 'ImageOsTypeNotMatchContainerGroup', 'InvalidOsType'],
    reason: 'refused',
    source: 'docs/facts/container-instances.md#images',
  },
  {
    codes: [
      'ResourceRequestsNotSpecified',
      'ResourceSomeRequestsNotSpecified',
      'InvalidRequestContent',
      'ConfidentialContainerGroupSkuIsNotSupported',
      'InvalidImageRegistryIdentity',
      'VirtualNetworkNotFound',
    ],
    reason: 'refused',
    source: 'docs/facts/container-instances.md#refusals',
  },
  {
    statuses: [401, 403, 404],
    reason: 'refused',
    class: 'infrastructure',
    source: "docs/facts/azure-resource-manager.md#refused-before-the-service; the placement's own trouble",
  },
  { statuses: [400], shown: 'any other code', reason: 'refused', source: 'protocol §4.1' },
];

/** Answers after which the group may or may not come to be: it is looked for, never created again [W_5XXREFUSED]. */
const FATE_UNKNOWN: readonly CreateRow[] = [
  {
    codes: ['ContainerGroupTransitioning'],
    reason: 'given-up',
    source: 'docs/facts/container-instances.md#fate-unknown',
  },
  {
    codes: ['InternalServerError'],
    reason: 'given-up',
    source: 'docs/facts/container-instances.md#fate-unknown',
  },
  {
    shown: 'any other answer (5xx, 408, 409, 413), or none',
    reason: 'given-up',
    source: 'protocol §4.1',
  },
];

export const CREATE_FAILURES: readonly FailureRow[] = [
  ...REFUSED.map((row): FailureRow => ({ ...row, where: 'create', ends: 'at-once' })),
  ...FATE_UNKNOWN.map((row): FailureRow => ({ ...row, where: 'create', ends: 'if-it-lasts' })),
];
