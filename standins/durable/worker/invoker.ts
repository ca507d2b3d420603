// The port by which the engine calls the app's orchestrators and activities.
import type { InvocationResult, RpcTypedData } from '../../functions-host/app/function-app';

export type DurableKind = 'orchestrator' | 'activity';

/** The app's durable functions. Names are compared without regard to case, as the real extension does. */
export interface DurableInvoker {
  /** Whether the app registered such a function. */
  knows(kind: DurableKind, name: string): boolean;
  /** The names as registered, for messages about an unknown one. */
  names(kind: DurableKind): readonly string[];
  /**
   * Runs one episode; `trigger` carries the trigger JSON of docs/facts/durable-functions.md#input. Rejects only when
   * `name` is unknown.
   */
  runOrchestrator(name: string, trigger: RpcTypedData): Promise<InvocationResult>;
  /** Runs an activity once; `input` is what the binding carries. Rejects only when `name` is unknown. */
  runActivity(name: string, input: RpcTypedData, instanceId: string): Promise<InvocationResult>;
}
