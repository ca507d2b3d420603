// A loaded Functions app as the host sees it: the functions that it registered, and how to invoke one.

/** A value on the wire between host and worker: exactly one key is set, or none (no value). */
export interface RpcTypedData {
  readonly string?: string | null;
  readonly json?: string | null;
  readonly bytes?: Uint8Array | null;
  readonly int?: number | string | null;
  readonly double?: number | null;
  readonly http?: unknown;
}

/** One binding as the app declared it: `type` is the host's name of it, for example `httpTrigger`. */
export interface FunctionBinding {
  readonly name: string;
  readonly type: string;
  readonly direction: 'in' | 'out' | 'inout';
  readonly [option: string]: unknown;
}

export interface LoadedFunction {
  readonly id: string;
  readonly name: string;
  readonly bindings: readonly FunctionBinding[];
  /** The one binding whose type ends in `Trigger`. */
  readonly trigger: FunctionBinding;
  readonly retryOptions?: unknown;
}

export interface Invocation {
  readonly functionId: string;
  readonly invocationId: string;
  readonly inputs: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly triggerMetadata?: Readonly<Record<string, RpcTypedData>>;
}

/** The worker's answer. A failure is the app's own, with `message` and `stack` of what it threw. */
export type InvocationResult =
  | {
      readonly status: 'success';
      readonly returnValue: RpcTypedData | undefined;
      readonly outputs: readonly { readonly name: string; readonly data: RpcTypedData }[];
    }
  | { readonly status: 'failure'; readonly message: string; readonly stack: string };

/** An app loaded through package.json's `main`, as the Node worker loads it. */
export interface FunctionApp {
  readonly functions: readonly LoadedFunction[];
  /** Rejects only if `functionId` is unknown. What the app throws is a result. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** Runs the app's terminate hooks. */
  close(): Promise<void>;
}
