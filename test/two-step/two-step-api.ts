// What a platform in two steps understands: a definition is put, then started; each start is an execution of its own.

/** Whose a definition or an execution is. */
export type Marks = Readonly<Record<string, string>>;

export interface Definition {
  readonly marks: Marks;
  readonly image: string;
  /** In place of the image's entrypoint; empty: the image's own. */
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
  /** `running` from the start on, while the image is pulled too. */
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
  /** Of a definition of this name, also of one that is gone. */
  executions(name: string): Answer<readonly ShownExecution[]>;
  stop(name: string, id: string): Answer<undefined>;
  /** Without `sinceS` from its beginning; all lines of that second are among the answer. */
  log(name: string, id: string, sinceS?: number): Answer<readonly LogLine[]>;
  /** Everything that stands, whoever made it. */
  everything(): Answer<readonly { readonly name: string; readonly marks: Marks }[]>;
}

/** The same over a network: rejects when no answer comes. */
export type TwoStepClient = {
  readonly [Call in keyof TwoStepApi]: (
    ...args: Parameters<TwoStepApi[Call]>
  ) => Promise<ReturnType<TwoStepApi[Call]>>;
};
