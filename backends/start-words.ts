// The words by which runtimes of containers, containerd, runc and NVIDIA's among them, say why a program can't start.

/** The image asks for a newer driver, or another GPU (libnvidia-container: NVIDIA_REQUIRE_CUDA). */
export const DRIVER_TOO_OLD = /requirement error|unsatisfied condition/i;

/** The machine is at fault: its GPU, its room, its storage, its time. */
export const MACHINE_AT_FAULT =
  /nvidia-container-cli|no space left|deadline exceeded|timed? ?out|temporarily unavailable|cannot allocate memory|failed to (mount container storage|add \w+ layer)|input\/output error|too many open files|connection (refused|reset)|ttrpc/i;

/** The command, the image or the memory that was asked for is at fault. */
export const PROGRAM_AT_FAULT =
  /executable file not found|exec format error|permission denied|no such file or directory|(not|is) a directory|no command specified|find (user|group)|no matching entries in passwd|argument list too long|OOM-killed/i;

/** What the runtime says of the process itself, without the words of those who passed it on. */
const CAUSE =
  /(?:starting container process caused|unable to start container process): *(.+?)(?:: unknown)?$/s;

/** The cause within a text about a start; the whole text where none is told apart. */
export function startCause(text: string): string {
  return CAUSE.exec(text)?.[1] ?? text;
}
