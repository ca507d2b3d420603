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
    source: 'D: fraud logic on parallel creates of one name in many regions',
  },
  {
    codes: ['ServiceUnavailable', 'InsufficientCapacity', 'InsufficientCapacity.'],
    reason: 'capacity',
    source: 'D: azure-docs#48142, #51860; GPU: "Service unavailable. Please try again later"',
  },
  {
    codes: ['ContainerGroupQuotaReached'],
    reason: 'quota',
    source: 'D: error-codes, recorded for P100Cores',
  },
  {
    codes: ['RegistryErrorResponse'],
    reason: 'registry',
    source: "D: a registry's limits, Docker Hub's for one",
  },
  {
    codes: ['InaccessibleImage'],
    reason: 'image-not-found',
    source: "D: docker-login#65; now and then the registry's own trouble (azure-cli#18596)",
  },
  {
    codes: ['ResourceRequestsThrottled', 'TooManyRequests', 'SubscriptionRequestsThrottled'],
    reason: 'throttled',
    source: 'D: azqr#34',
  },
  { statuses: [429], reason: 'throttled', source: 'D: 429 + Retry-After' },
  {
    codes: ['InvalidContainerGroupUpdate'],
    reason: 'name-taken',
    source: 'B: a PUT on an existing group may not change it so; we never update',
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
    source: "D: standard ARM; the placement's own trouble, so the next placement is tried",
  },
  {
    codes: [
      'SpotPriorityContainerGroupWithGPUResourcesNotSupported',
      'SpotPriorityContainerGroupNotSupportedForInboundConnectivity',
      'SpotPriorityContainerGroupNotSupportedInSku',
      'PriorityNotSpecified',
    ],
    reason: 'refused',
    source: 'D: error-codes-spot-container-creation',
  },
  {
    codes: ['OsVersionNotSupported', 'ImageOsTypeNotMatchContainerGroup', 'InvalidOsType'],
    reason: 'refused',
    source: 'D: an image for another system or processor',
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
    source: 'D: what was asked for is not valid',
  },
  {
    statuses: [401, 403, 404],
    reason: 'refused',
    class: 'infrastructure',
    source: "D: standard ARM; the placement's own trouble",
  },
  { statuses: [400], shown: 'any other code', reason: 'refused', source: 'protocol §4.1' },
];

/** Answers after which the group may or may not come to be: it is looked for, never created again [W_5XXREFUSED]. */
const FATE_UNKNOWN: readonly CreateRow[] = [
  {
    codes: ['ContainerGroupTransitioning'],
    reason: 'given-up',
    source: 'D: 409; wait at least 10 s between operations',
  },
  {
    codes: ['InternalServerError'],
    reason: 'given-up',
    source: 'D: azure-cli#29490; for bad input too (terraform#26925)',
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
