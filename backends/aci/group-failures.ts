// The table's part on groups that exist: provisioning that failed, images that don't come, states. The first row that matches counts.
import type { FailureRow } from './failure-row';
import { OF_A_START } from './start-failures';

/** Provisioning `Failed`: the service gives no code, only events and their texts. */
const PROVISIONING: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
  {
    shown: 'event `InsufficientCapacity.`, or "not available in the location"',
    text: /InsufficientCapacity|not available in the location/i,
    reason: 'capacity',
    source: 'D: asynchronous, without a code (Azure-Landing-Zones#2409)',
  },
  {
    shown: 'a text about a quota',
    text: /quota/i,
    reason: 'quota',
    source: 'D: the text of ContainerGroupQuotaReached, asynchronously',
  },
  {
    shown: '"Service unavailable. Please try again later"',
    text: /service ?unavailable/i,
    reason: 'capacity',
    source: 'D: GPU groups (service-unavailable-gpu-enabled-aci-deployment-failures)',
  },
  {
    shown: 'event `Failed` about an image: as for images, below',
    text: /failed to pull image|back-off pulling image/i,
    reason: 'image-pull',
    source: 'B: Failed after 30 minutes of pulling',
  },
  {
    shown: 'a text about a start: as for starts, below',
    text: OF_A_START,
    reason: 'cannot-start',
    source: 'azure-docs#106296: CodePackageActivation',
  },
  {
    shown: '"error response is received from the docker registry"',
    text: /RegistryErrorResponse|docker registry/i,
    reason: 'registry',
    source: 'D: the text of RegistryErrorResponse, asynchronously',
  },
  {
    shown: '"image … is not accessible"',
    text: /InaccessibleImage|image .* is not accessible/i,
    reason: 'image-not-found',
    source: 'D: the text of InaccessibleImage, asynchronously',
  },
  {
    shown: '"OS version … is not supported", "doesn\'t support specified OS"',
    text: /OS version|doesn't support specified OS|OsTypeNotMatch/i,
    reason: 'refused',
    source: 'D: the texts of OsVersionNotSupported and ImageOsTypeNotMatchContainerGroup',
  },
  {
    shown: 'event `FailedMount`',
    text: /FailedMount/,
    reason: 'refused',
    source: 'A.3: group event',
  },
  {
    shown: 'nothing of these, or nothing at all',
    reason: 'given-up',
    source: 'B: Failed after 30 minutes of provisioning',
  },
];

/** Events `Failed` and `BackOff` about an image, the image's own name left out; believed when two reads show them. */
const IMAGE: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
  {
    shown: '"toomanyrequests", 429, 5xx, "RegistryErrorResponse"',
    text: /toomanyrequests|rate limit|RegistryErrorResponse|\b(429|50[0234])\b/i,
    reason: 'registry',
    source: "D: RegistryErrorResponse; Docker Hub's limit",
  },
  {
    shown: '"not found", "manifest unknown", "denied", "unauthorized"',
    text: /not found|manifest unknown|does not exist|denied|unauthorized|not accessible|authorization failed|authentication required/i,
    reason: 'image-not-found',
    source: 'A.3: container-instances-troubleshooting',
  },
  {
    shown: 'anything else: time-outs, "connection refused", only `BackOff`',
    reason: 'image-pull',
    source: 'A.3: Failed, BackOff',
  },
];

/** States that end an attempt by themselves, by the name that workload-state gives them. */
const ENDING_STATES = {
  stopped: {
    shown: 'group `Stopped`',
    reason: 'lost',
    source: 'A.3: stopped by somebody; exit codes go with it',
  },
  'no-exit-code': {
    shown: 'container `Terminated` without an exit code',
    reason: 'lost',
    source: 'B: not documented to happen',
  },
  'no-exit-code-restarted': {
    shown: 'the same, and the container was restarted',
    reason: 'platform-restart',
    source: 'B: 0.2, "might still be restarted by the platform"',
  },
  'group-failed': {
    shown: "group `Failed`, provisioned, without its container's state",
    reason: 'lost',
    source: 'B: Failed: an exit code other than 0, which is not shown',
  },
} as const satisfies Record<string, Omit<FailureRow, 'where' | 'ends' | 'codes'>>;
export type EndingState = keyof typeof ENDING_STATES;

/** States that are none of an end, and what they become if they stay. */
const LASTING_STATES: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
  {
    shown: 'not provisioned yet, and an event of a lack of capacity, as of a provisioning that failed',
    reason: 'capacity',
    source: 'B, D: provisioning that never ends; the events of a lack of capacity',
  },
  {
    shown:
      'provisioningState `Pending`, `Creating`, `Accepted`, `Repairing`, `Unhealthy`; container `Waiting`',
    reason: 'provisioning-deadline',
    source: 'B: provisioning that never ends; only Succeeded and Failed are to be relied on',
  },
  {
    shown: 'event `Pulling` or `Pulled`, the program not started',
    reason: 'pulling-deadline',
    source: 'A.3: Pulling, Pulled',
  },
  {
    shown: 'container `Running`, whatever else the group says; events `Started`, `Killing`, `Unhealthy`',
    reason: 'running-deadline',
    source: 'A.3, B: a container may run in a group that says otherwise (Azure/ACS#127)',
  },
];

const at =
  (where: FailureRow['where'], ends: FailureRow['ends']) =>
  (row: Omit<FailureRow, 'where' | 'ends'>): FailureRow => ({ ...row, where, ends });

export const GROUP_FAILURES: readonly FailureRow[] = [
  ...PROVISIONING.map(at('provisioning', 'at-once')),
  ...IMAGE.map(at('image', 'at-once')),
  ...Object.entries(ENDING_STATES).map(([code, row]) => at('state', 'at-once')({ ...row, codes: [code] })),
  ...LASTING_STATES.map(at('state', 'if-it-lasts')),
];
