// Failures of executions as typed reasons. Pure.
import { type Reason, reason } from '../../../domain/job/failure-reason';
import { type FailureTable, reasonBy } from '../../failure-row';
import { NO_RIGHT_TO_PULL, NO_SUCH_IMAGE, REGISTRY_IN_TROUBLE, withoutImageNames } from '../../image-words';

/** The platform's own deadline is longer than all of ours together: the runner was away. */
export const PLATFORM_DEADLINE = reason(
  'running-deadline',
  'The execution lasted longer than its deadline (replicaTimeout); the platform ended it.',
);

export const STOPPED = reason(
  'lost',
  'The execution was stopped by somebody else; how its program would have ended is not known.',
);

export const APPS_IMAGE_FAILURES: FailureTable = [
  {
    shown: '"toomanyrequests", 429, 5xx',
    text: REGISTRY_IN_TROUBLE,
    reason: 'registry',
    source: 'documented: registries and their limits',
  },
  {
    shown: '401, 403, "denied", "unauthorized", "authorization failed"',
    text: NO_RIGHT_TO_PULL,
    reason: 'image-not-found',
    advice: "Give the job's `registry` an identity with the role AcrPull, or a user and a password.",
    source: 'log-system-image-pull-2023',
  },
  {
    shown: '"not found", "manifest unknown", "does not exist"',
    text: NO_SUCH_IMAGE,
    reason: 'image-not-found',
    source: 'eventstream-image-pull-failure',
  },
  {
    shown: 'anything else about an image',
    reason: 'image-pull',
    source: 'docs/facts/container-apps.md#image-pulls',
  },
];

export const APPS_START_FAILURES: FailureTable = [
  {
    shown: '`ContainerCreateFailure` with `chown … canceled`',
    text: /chown.*canceled/s,
    reason: 'cannot-start',
    advice:
      'The platform changes the owner of all files under the working directory first: use an image with fewer files there.',
    source: 'log-system-workdir-chown',
  },
  {
    shown: '`ContainerCreateFailure`, `VolumeMountFailure`',
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'docs/facts/container-apps.md#exit-codes',
  },
];

/** A replica that gets no machine: the rows of the platform's log say so, never the API. */
export const LACKS: FailureTable = [
  {
    shown: '"Maximum Allowed Cores exceeded for the Managed Environment"',
    text: /maximum allowed (cores|gpus) exceeded/i,
    reason: 'quota',
    advice: 'Ask for more, or lower `limits` of the placement.',
    source: 'log-system-cores-exceeded',
  },
  {
    shown: '"0/4 nodes are available"',
    text: /nodes are available/i,
    reason: 'capacity',
    source: 'log-system-cores-exceeded',
  },
  { shown: 'anything else', reason: 'capacity', source: 'docs/facts/container-apps.md#platform-trouble' },
];

export function imageReason(text: string): Reason {
  const shown = text === '' ? 'the platform said no more' : text;
  return reasonBy(APPS_IMAGE_FAILURES, withoutImageNames(text), () => `The image can't be pulled: ${shown}`);
}

export function startReason(text: string): Reason {
  return reasonBy(APPS_START_FAILURES, text, (why) => `The program could not be started: ${why}`);
}

/** It failed before its image was pulled: the platform's trouble (docs/facts/container-apps.md#platform-trouble). */
export function platformTrouble(said: string): Reason {
  const why = said === '' ? 'it said no more' : said;
  return reason('given-up', `The platform ended the execution before its program was there: ${why}`);
}

/** It failed, and neither an exit code nor a cause is told. `hint`: what rows that come late tell, in a sentence. */
export function endWithoutCode(said: string, hint?: string): Reason {
  const why = said === '' ? '' : ` (${said})`;
  const told =
    hint === undefined ? '' : ` The rows of the workspace tell so far, and others may come late: ${hint}`;
  return reason('lost', `The execution failed, and nothing tells how its program ended${why}.${told}`);
}
