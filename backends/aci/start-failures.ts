// The table's part on programs that can't be started: events of a container whose image is there. The first row that
// matches counts.
import { DRIVER_TOO_OLD, MACHINE_AT_FAULT, PROGRAM_AT_FAULT } from '../start-words';
import type { FailureRow } from './failure-row';

/**
 * What only a text about a start says: Container Instances' own words, those of containerd, runc and the NVIDIA runtime
 * within them, the kubelet's. Seen of Container Instances: "Error: Failed to start container NAME, Error response: to
 * create containerd task: …".
 */
export const OF_A_START =
  /failed to (start|create|run) (the )?container|containerd (task|container)\b|shim task|OCI runtime|container create failed|starting container process|unable to start container|failed to generate (container )?("[^"]*" )?spec|CreateContainer(Config)?Error|RunContainerError|executable file not found|exec format error|nvidia-container-cli/i;

const START: readonly Omit<FailureRow, 'where' | 'ends'>[] = [
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
    text: MACHINE_AT_FAULT,
    reason: 'cannot-start',
    class: 'infrastructure',
    source: 'docs/facts/container-instances.md#start-failures',
  },
  {
    shown:
      '"executable file not found", "exec format error", "permission denied", "no such file or directory", "not a directory", "no command specified", a user that the image lacks, "OOM-killed"',
    text: PROGRAM_AT_FAULT,
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
