// Replaces `@azure/functions-core`, the module that only the Functions worker has. What an app registers ends here.
import { z } from 'zod';

import type { LogLevel, WriteLog } from './app-log';
import type { FunctionBinding, RpcTypedData } from './function-app';

/** What the programming model (`@azure/functions`) returns for one invocation. */
interface RpcInvocationResponse {
  readonly outputData?: readonly { readonly name: string; readonly data: RpcTypedData }[] | null;
  readonly returnValue?: RpcTypedData | null;
}

/** One invocation, as the programming model sees it (types-core of azure-functions-nodejs-worker). */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: unknown;
  readonly metadata: unknown;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: LogLevel, category: 'user' | 'system', message: string): void;
}

interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<RpcInvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

export type FunctionCallback = (...args: unknown[]) => unknown;
export type HookCallback = (context: object) => unknown;

/** The versions of the Node worker and the host whose sources this follows (docs/verified.md). */
const WORKER_VERSION = '3.10.0';
export const HOST_VERSION = '4.1037.0';

const HOOKS = ['preInvocation', 'postInvocation', 'appStart', 'appTerminate'] as const;
export type HookName = (typeof HOOKS)[number];

export interface RegisteredFunction {
  readonly id: string;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** Everything that the app told the worker. */
export interface Registrations {
  readonly functions: Map<string, RegisteredFunction>;
  readonly hooks: Readonly<Record<HookName, HookCallback[]>>;
  model: ProgrammingModel | undefined;
  /** Set when the app has been loaded: a function that is registered later would never be served. */
  locked: boolean;
}

const functionMetadata = z.looseObject({
  name: z.string().min(1),
  functionId: z.string().min(1).nullish(),
  bindings: z.record(
    z.string(),
    z.looseObject({ type: z.string(), direction: z.enum(['in', 'out', 'inout']) }),
  ),
  retryOptions: z.unknown(),
});
export type FunctionMetadata = z.infer<typeof functionMetadata>;

/** The bindings as a list, each with its name. */
export function bindingsOf(metadata: FunctionMetadata): readonly FunctionBinding[] {
  return Object.entries(metadata.bindings).map(([name, binding]) => ({ ...binding, name }));
}

/** An error that the Functions library recognises as the worker's own. */
export class WorkerError extends Error {
  readonly isAzureFunctionsSystemError = true;
}

/** The same for a name out of range, because the library looks for `RangeError` by name. */
class WorkerRangeError extends RangeError {
  readonly isAzureFunctionsSystemError = true;
}

class Disposable {
  #call: (() => void) | undefined;
  constructor(call: () => void) {
    this.#call = call;
  }
  dispose(): void {
    this.#call?.();
    this.#call = undefined;
  }
}

export function emptyRegistrations(): Registrations {
  return {
    functions: new Map(),
    hooks: { preInvocation: [], postInvocation: [], appStart: [], appTerminate: [] },
    model: undefined,
    locked: false,
  };
}

const isHookName = (name: string): name is HookName => HOOKS.some((known) => known === name);

/**
 * The module object that `require('@azure/functions-core')` yields (docs/facts/durable-functions.md#functions-core).
 */
export function createCoreModule(registrations: Registrations, log: WriteLog): object {
  return {
    version: WORKER_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    getProgrammingModel: () => registrations.model,
    setProgrammingModel: (model: ProgrammingModel) => {
      registrations.model = model;
    },
    log: (level: LogLevel, category: 'user' | 'system', message: string) => log({ level, category, message }),
    registerHook: (name: string, callback: HookCallback) => {
      if (!isHookName(name))
        throw new WorkerRangeError(`Unrecognized hook "${name}". The local host runs: ${HOOKS.join(', ')}.`);
      const hooks = registrations.hooks[name];
      hooks.push(callback);
      return new Disposable(() => {
        const index = hooks.indexOf(callback);
        if (index >= 0) hooks.splice(index, 1);
      });
    },
    registerFunction: (metadata: unknown, callback: FunctionCallback) => {
      if (registrations.locked)
        throw new WorkerError('A function can only be registered during app startup.');
      const parsed = functionMetadata.parse(metadata);
      const id = parsed.functionId ?? parsed.name;
      if (registrations.functions.has(id))
        throw new WorkerError(`A function with id "${id}" has already been registered.`);
      registrations.functions.set(id, { id, metadata: parsed, callback });
      return new Disposable(() => {
        if (registrations.locked)
          throw new WorkerError('A function can only be disposed during app startup.');
        registrations.functions.delete(id);
      });
    },
  };
}
