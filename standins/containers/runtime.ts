// The port behind which containers run: as processes of this machine, or as scripts under a virtual clock.
import type { ContainerMount } from './mounted-paths';

/** What happens when an image is pulled. */
export type ImageStanding =
  | { readonly kind: 'known' }
  /**
   * The registry shows us no such image, so the service refuses the group. `advice` tells a person what to do about it
   * here.
   */
  | { readonly kind: 'inaccessible'; readonly advice?: string }
  /** The image has a manifest, but its pull fails. */
  | { readonly kind: 'unpullable'; readonly why: string };

/** One start of one container. */
export interface ContainerStart {
  readonly groupName: string;
  readonly containerName: string;
  readonly image: string;
  /** The command in exec form, which replaces the image's entrypoint. Empty: the image's own. */
  readonly command: readonly string[];
  /** Appended to the command, or to the image's entrypoint where there is none. */
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it finds at paths of its own. */
  readonly mounts?: readonly ContainerMount[];
  /** Where the program starts; absolute, in the container. Left out: where the image says. */
  readonly workingDir?: string;
}

/** How a program ended. */
export interface ContainerExit {
  /** The exit code. For a killed program it is 128 + the signal's number, as container runtimes say it. */
  readonly exitCode: number;
  /** The system killed it for the memory that it took. */
  readonly outOfMemory?: boolean;
  /** What it left in the file for its last words (`/dev/termination-log` in a pod). */
  readonly lastWords?: string;
}

export interface ContainerListener {
  /** Standard output and standard error, in the order of their writing. */
  onOutput(bytes: Buffer): void;
  /** Called once, after the last output. */
  onExit(exit: ContainerExit): void;
}

export interface RunningContainer {
  readonly kind: 'running';
  /**
   * Asks the program to end and forces it to after `graceMs` milliseconds, by default after what the runtime gives
   * each. 0 ends it at once. `onExit` still follows.
   */
  stop(graceMs?: number): void;
}

/** The program can't be started. Nothing of it runs, and no listener is called. */
interface StartFailure {
  readonly kind: 'not-started';
  /** As a container runtime words it: `exec: "nope": executable file not found in $PATH`. */
  readonly why: string;
}

export interface ContainerRuntime {
  /** What a pull of `image` will meet. */
  lookUp(image: string): ImageStanding;
  /** Starts the program. Neither listener is called before this returns. */
  start(container: ContainerStart, listener: ContainerListener): RunningContainer | StartFailure;
  /** Ends every program at once; resolves when all have ended. */
  close(): Promise<void>;
}
