// The table's part on groups that exist: provisioning that failed, images that don't come, states. The first row that
// matches counts.
import type { FailureRow } from './failure-row';
import { OF_A_START } from './start-failures';

/** The name of a group's event for a share that could not be mounted. The placement names shares, no spec does. */
export const FAILED_MOUNT = /FailedMount/;

/** Provisioning `Failed`: the service gives no code, only events and their texts. */
const PROVISIONING: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
  {
    shown: 'event `InsufficientCapacity.`, or "not available in the location"',
    text: /InsufficientCapacity|not available in the location/i,
    reason: 'capacity',
    source: 'docs/facts/container-instances.md#failed-operation',
  },
  {
    shown: 'a text about a quota',
    text: /quota/i,
    reason: 'quota',
    source: 'docs/facts/container-instances.md#quota',
  },
  {
    shown: '"Service unavailable. Please try again later"',
    text: /service ?unavailable/i,
    reason: 'capacity',
    source: 'docs/facts/container-instances.md#capacity',
  },
  {
    shown: 'event `Failed` about an image: as for images, below',
    text: /failed to pull image|back-off pulling image/i,
    reason: 'image-pull',
    source: 'docs/facts/container-instances.md#times-of-provisioning',
  },
  {
    shown: 'a text about a start: as for starts, below',
    text: OF_A_START,
    reason: 'cannot-start',
    source: 'docs/facts/container-instances.md#start-failures',
  },
  {
    shown: '"error response is received from the docker registry"',
    text: /RegistryErrorResponse|docker registry/i,
    reason: 'registry',
    source: 'docs/facts/container-instances.md#images',
  },
  {
    shown: '"image … is not accessible"',
    text: /InaccessibleImage|image .* is not accessible/i,
    reason: 'image-not-found',
    source: 'docs/facts/container-instances.md#images',
  },
  {
    shown: '"OS version … is not supported", "doesn\'t support specified OS"',
    text: /OS version|doesn't support specified OS|OsTypeNotMatch/i,
    reason: 'refused',
    source: 'docs/facts/container-instances.md#images',
  },
  {
    shown: 'event `FailedMountAzureFileVolume` or `FailedMount`',
    text: FAILED_MOUNT,
    reason: 'refused',
    class: 'infrastructure',
    source: 'docs/facts/container-instances.md#failed-mounts',
  },
  {
    shown: 'nothing of these, or nothing at all',
    reason: 'given-up',
    source: 'docs/facts/container-instances.md#times-of-provisioning',
  },
];

/** Events `Failed` and `BackOff` about an image, the image's own name left out; believed when two reads show them. */
const IMAGE: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
  {
    shown: '"toomanyrequests", 429, 5xx, "RegistryErrorResponse"',
    text: /toomanyrequests|rate limit|RegistryErrorResponse|\b(429|50[0234])\b/i,
    reason: 'registry',
    source: 'docs/facts/container-instances.md#images',
  },
  {
    shown: '"not found", "manifest unknown", "denied", "unauthorized"',
    text: /not found|manifest unknown|does not exist|denied|unauthorized|not accessible|authorization failed|authentication required/i,
    reason: 'image-not-found',
    source: 'docs/facts/container-instances.md#events',
  },
  {
    shown: 'anything else: time-outs, "connection refused", only `BackOff`',
    reason: 'image-pull',
    source: 'docs/facts/container-instances.md#events',
  },
];

/** States that end an attempt by themselves, by the name that workload-state gives them. */
const ENDING_STATES = {
  stopped: {
    shown: 'group `Stopped`',
    reason: 'lost',
    source: 'docs/facts/container-instances.md#stop-and-start',
  },
  'no-exit-code': {
    shown: 'container `Terminated` without an exit code',
    reason: 'lost',
    source: 'docs/facts/container-instances.md#states: not documented to happen',
  },
  'no-exit-code-restarted': {
    shown: 'the same, and the container was restarted',
    reason: 'platform-restart',
    source: 'docs/facts/container-instances.md#never-restarts',
  },
  'group-failed': {
    shown: "group `Failed`, provisioned, without its container's state",
    reason: 'lost',
    source: 'docs/facts/container-instances.md#restart-policy: an exit code other than 0, which is not shown',
  },
} as const satisfies Record<string, Omit<FailureRow, 'where' | 'ends' | 'codes'>>;
export type EndingState = keyof typeof ENDING_STATES;

/** States that are none of an end, and what they become if they stay. */
const LASTING_STATES: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
  {
    shown: 'not provisioned yet, and an event of a lack of capacity, as of a provisioning that failed',
    reason: 'capacity',
    source: 'docs/facts/container-instances.md#provisioning-fails',
  },
  {
    shown:
      'provisioningState `Pending`, `Creating`, `Accepted`, `Repairing`, `Unhealthy`; container `Waiting`',
    reason: 'provisioning-deadline',
    source: 'docs/facts/container-instances.md#states',
  },
  {
    shown: 'event `Pulling` or `Pulled`, the program not started',
    reason: 'pulling-deadline',
    source: 'docs/facts/container-instances.md#events',
  },
  {
    shown: 'container `Running`, whatever else the group says; events `Started`, `Killing`, `Unhealthy`',
    reason: 'running-deadline',
    source: 'docs/facts/container-instances.md#states',
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
