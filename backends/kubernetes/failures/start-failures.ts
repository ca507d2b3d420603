// Programs that can't be started: the texts of a container that waits for its start, or came to nothing in it.
import type { Reason } from '../../../domain/job/failure-reason';
import { type FailureTable, reasonBy } from '../../failure-row';
import { DRIVER_TOO_OLD, MACHINE_AT_FAULT, PROGRAM_AT_FAULT, startCause } from '../../start-words';

/** Reasons of a container that waits, of which the image is there. */
export const START_REASONS: readonly string[] = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
];

export const START_FAILURES: FailureTable = [
  {
    shown: '"runAsNonRoot and image will run as root"',
    text: /runAsNonRoot|run as root|non-numeric user/i,
    reason: 'cannot-start',
    advice:
      'Use an image whose user has a number and is not root, or a placement whose `podSecurity` is "baseline".',
    source: 'documented: the level restricted of Pod Security',
  },
  {
    shown: '"secret … not found", "configmap … not found"',
    text: /(secret|configmap) "[^"]*" not found|couldn't find key/i,
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'L11-01, L11-03',
  },
  {
    shown: '"nvidia-container-cli: requirement error": the image asks for a newer driver, or another GPU',
    text: DRIVER_TOO_OLD,
    reason: 'cannot-start',
    advice: 'Use an image for an older CUDA, or ask for a newer GPU.',
    source: 'libnvidia-container: NVIDIA_REQUIRE_CUDA',
  },
  {
    shown:
      'the machine: any other "nvidia-container-cli" error, no space, no memory, a time-out, its storage',
    text: new RegExp(`${MACHINE_AT_FAULT.source}|failed to mount`, 'i'),
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'the words of containerd and of the NVIDIA runtime',
  },
  {
    shown:
      '"executable file not found", "exec format error", "permission denied", "no such file or directory", a user that the image lacks, "OOM-killed"',
    text: PROGRAM_AT_FAULT,
    reason: 'cannot-start',
    advice: "Look at the spec's `command` and at what the image holds.",
    source: 'L10-03',
  },
  {
    shown: 'anything else about a start',
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'unknown: tried again',
  },
];

export function startReason(text: string): Reason {
  return reasonBy(START_FAILURES, startCause(text), (why) => `The program could not be started: ${why}.`);
}

/** An event `FailedMount` of a pod whose container is being made. */
export function mountReason(text: string): Reason {
  return reasonBy(
    [{ shown: 'event `FailedMount`', reason: 'cannot-start', class: 'infrastructure', source: 'L11-06' }],
    text,
    (why) => `The program could not be started: ${why}.`,
  );
}
