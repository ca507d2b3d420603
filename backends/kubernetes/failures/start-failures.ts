// Programs that can't be started: the texts of a container that waits for its start, or came to nothing in it.
import type { Reason } from '../../../domain/job/failure-reason';
import { type FailureTable, reasonBy } from '../../failure-row';

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
    text: /requirement error|unsatisfied condition/i,
    reason: 'cannot-start',
    advice: 'Use an image for an older CUDA, or ask for a newer GPU.',
    source: 'libnvidia-container: NVIDIA_REQUIRE_CUDA',
  },
  {
    shown:
      'the machine: any other "nvidia-container-cli" error, no space, no memory, a time-out, its storage',
    text: /nvidia-container-cli|no space left|deadline exceeded|timed? ?out|temporarily unavailable|cannot allocate memory|failed to mount|input\/output error|too many open files|connection (refused|reset)|ttrpc/i,
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'the words of containerd and of the NVIDIA runtime',
  },
  {
    shown:
      '"executable file not found", "exec format error", "permission denied", "no such file or directory", a user that the image lacks',
    text: /executable file not found|exec format error|permission denied|no such file or directory|(not|is) a directory|no command specified|find (user|group)|no matching entries in passwd|argument list too long/i,
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

/** What the runtime says of the process itself, without the words of those who passed it on. */
const CAUSE =
  /(?:starting container process caused|unable to start container process): *(.+?)(?:: unknown)?$/s;

export function startReason(text: string): Reason {
  const cause = CAUSE.exec(text)?.[1] ?? text;
  return reasonBy(START_FAILURES, cause, (why) => `The program could not be started: ${why}.`);
}

/** An event `FailedMount` of a pod whose container is being made. */
export function mountReason(text: string): Reason {
  return reasonBy(
    [{ shown: 'event `FailedMount`', reason: 'cannot-start', class: 'infrastructure', source: 'L11-06' }],
    text,
    (why) => `The program could not be started: ${why}.`,
  );
}
