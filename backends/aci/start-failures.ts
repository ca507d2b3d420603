// The table's part on programs that can't be started: events of a container whose image is there. The first row that
// matches counts.
import type { FailureRow } from './failure-row';

/**
 * What only a text about a start says: Container Instances' own words, those of containerd, runc and the NVIDIA runtime
 * within them, the kubelet's. Seen of Container Instances: "Error: Failed to start container NAME, Error response: to
 * create containerd task: …".
 */
export const OF_A_START =
  /failed to (start|create|run) (the )?container|containerd (task|container)\b|shim task|OCI runtime|container create failed|starting container process|unable to start container|failed to generate (container )?("[^"]*" )?spec|CreateContainer(Config)?Error|RunContainerError|executable file not found|exec format error|nvidia-container-cli/i;

/** What the runtime says of the process itself, without the words of those who passed it on. */
const CAUSE =
  /(?:starting container process caused|unable to start container process): *(.+?)(?:: unknown)?$/s;

/** The cause within a text about a start; the whole text where none is told apart. */
export function startCause(text: string): string {
  return CAUSE.exec(text)?.[1] ?? text;
}

const START: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
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
    text: /nvidia-container-cli|no space left|deadline exceeded|timed? ?out|temporarily unavailable|cannot allocate memory|failed to (mount container storage|add \w+ layer)|input\/output error|too many open files|connection (refused|reset)|ttrpc/i,
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'docs/facts/container-instances.md#start-failures',
  },
  {
    shown:
      '"executable file not found", "exec format error", "permission denied", "no such file or directory", "not a directory", "no command specified", a user that the image lacks, "OOM-killed"',
    text: /executable file not found|exec format error|permission denied|no such file or directory|(not|is) a directory|no command specified|find (user|group)|no matching entries in passwd|argument list too long|OOM-killed/i,
    reason: 'cannot-start',
    advice: "Look at the spec's `command` and at what the image holds.",
    source: 'docs/facts/container-instances.md#start-failures',
  },
  {
    shown: 'anything else about a start',
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'docs/facts/container-instances.md#start-failures',
  },
];

export const START_FAILURES: readonly FailureRow[] = START.map((row) => ({
  ...row,
  where: 'start',
  ends: 'at-once',
}));
