// What a platform in two steps can do: a definition is put, then started. Each start is an execution of its own.

/** Whose a definition or an execution is. */
export type Marks = Readonly<Record<string, string>>;

export interface Definition {
  readonly marks: Marks;
  readonly image: string;
  /** Replaces the image's entrypoint; empty: the image's own. */
  readonly command: readonly string[];
  /** Appended to the command, or to the image's entrypoint. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cpu: number;
  readonly gpu?: { readonly count: number; readonly sku: string } | undefined;
}

export interface ShownDefinition {
  readonly name: string;
  readonly marks: Marks;
  readonly state: 'in-progress' | 'ready' | 'failed' | 'deleting';
  /** Why it failed. */
  readonly why?: string;
}

export interface ShownExecution {
  readonly id: string;
  /** The name of the definition that was started; it may be gone by now. */
  readonly definition: string;
  readonly marks: Marks;
  /** `running` holds from the start on, even while the image is pulled. */
  readonly state: 'running' | 'stopping' | 'succeeded' | 'failed' | 'stopped';
  /** When its program was started, and ended, epoch milliseconds. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly exitCode?: number;
  /** Why there was no program. */
  readonly why?: string;
}

/** One line of a log, as it was printed, with the whole second of its end. */
export interface LogLine {
  readonly atS: number;
  readonly text: string;
}

/** `serverTime`: epoch milliseconds. */
export type Answer<Body> = { readonly ok: true; readonly body: Body; readonly serverTime: number } | Refusal;

/** `status`: as of HTTP. */
export interface Refusal {
  readonly ok: false;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export function refused(status: number, code: string, message: string): Refusal {
  return { ok: false, status, code, message };
}

export function textOf({ status, code, message }: Refusal): string {
  return `HTTP ${status} ${code} ${message}`;
}

export interface TwoStepApi {
  /** Makes the definition, or changes it in place; runs nothing. */
  define(name: string, definition: Definition): Answer<ShownDefinition>;
  definition(name: string): Answer<ShownDefinition>;
  /** Deletes the definition with its executions that have ended; refused while one of them has not. */
  undefine(name: string): Answer<undefined>;
  /** Runs the program once more, beside those that run. */
  start(name: string): Answer<ShownExecution>;
  /** The executions of a definition of this name, including one that is gone. */
  executions(name: string): Answer<readonly ShownExecution[]>;
  stop(name: string, id: string): Answer<undefined>;
  /** The log from its beginning, or with `sinceS` from that second on, with all lines of that second. */
  log(name: string, id: string, sinceS?: number): Answer<readonly LogLine[]>;
  /** Everything that exists, whoever made it. */
  everything(): Answer<readonly { readonly name: string; readonly marks: Marks }[]>;
}

/** The same over a network. A call rejects if no answer comes. */
export type TwoStepClient = {
  readonly [Call in keyof TwoStepApi]: (
    ...args: Parameters<TwoStepApi[Call]>
  ) => Promise<ReturnType<TwoStepApi[Call]>>;
};
