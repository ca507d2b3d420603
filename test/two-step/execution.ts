// One execution of a definition. It is said to run from its start on; its program runs some time later, at most once.
import type { ContainerRuntime } from '../../standins/containers/runtime';
import type { Timers } from '../../standins/kernel/timers';
import { PrintedLines } from './printed-lines';
import type { Definition, ShownExecution } from './two-step-api';

export interface ExecutionParts {
  readonly id: string;
  readonly name: string;
  readonly definition: Definition;
  readonly now: () => number;
  readonly timers: Timers;
  readonly runtime: ContainerRuntime;
  /** What an image runs if the definition has no command. */
  readonly entrypointOf: (image: string) => readonly string[];
  /** From the start to the program, milliseconds. */
  readonly pullMs: number;
}

type Ended = 'succeeded' | 'failed' | 'stopped';

export class Execution {
  readonly log = new PrintedLines();
  readonly #parts: ExecutionParts;
  #state: ShownExecution['state'] = 'running';
  #told: Pick<ShownExecution, 'startedAt' | 'endedAt' | 'exitCode' | 'why'> = {};
  #stopProgram: (() => void) | undefined;
  #isLost = false;

  constructor(parts: ExecutionParts) {
    this.#parts = parts;
    parts.timers.after(parts.pullMs, () => this.#run());
  }

  shown(): ShownExecution {
    const { id, name, definition } = this.#parts;
    return { id, definition: name, marks: definition.marks, state: this.#state, ...this.#told };
  }

  isAlive(): boolean {
    return this.#state === 'running' || this.#state === 'stopping';
  }

  /** Makes its program end so much later. */
  stop(afterMs: number): void {
    if (this.#state !== 'running') return;
    this.#state = 'stopping';
    this.#parts.timers.after(afterMs, () => this.#halt());
  }

  /** Makes it vanish, and its program with it. */
  lose(): void {
    this.#isLost = true;
    this.#halt();
  }

  #halt(): void {
    if (this.#stopProgram !== undefined) this.#stopProgram();
    else if (this.isAlive()) this.#end('stopped', {});
  }

  #run(): void {
    if (this.#state !== 'running' || this.#isLost) return;
    const { definition, name, runtime, entrypointOf, now } = this.#parts;
    const standing = runtime.lookUp(definition.image);
    if (standing.kind !== 'known') {
      this.#end('failed', { why: `The image ${definition.image} can't be pulled.` });
      return;
    }
    const entrypoint = definition.command.length === 0 ? entrypointOf(definition.image) : definition.command;
    const program = runtime.start(
      {
        groupName: name,
        containerName: 'program',
        image: definition.image,
        command: [...entrypoint, ...definition.args],
        environment: definition.environment,
      },
      {
        onOutput: (bytes) => this.log.print(bytes, now()),
        onExit: ({ exitCode }) => {
          this.log.end(now());
          if (this.#state === 'stopping' || this.#isLost) this.#end('stopped', {});
          else this.#end(exitCode === 0 ? 'succeeded' : 'failed', { exitCode });
        },
      },
    );
    if (program.kind === 'not-started') this.#end('failed', { why: program.why });
    else {
      this.#told = { startedAt: now() };
      this.#stopProgram = () => program.stop();
    }
  }

  #end(state: Ended, how: Pick<ShownExecution, 'exitCode' | 'why'>): void {
    this.#state = state;
    this.#told = { ...this.#told, ...how, endedAt: this.#parts.now() };
  }
}
