// The Durable extension of the local host: keeps orchestrations, runs their episodes and activities, wakes their timers.
import type { Clock } from '../../domain/clock';
import type { Journal } from '../kernel/journal';
import type { Timers } from '../kernel/timers';
import type { Handler } from '../wire/handler';
import type { DurableInvoker } from './invoker';

export interface DurableEngineOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly timers: Timers;
  /** 32 lower-case hex digits, never the same twice: execution ids and instance ids that the caller left open. */
  readonly newId: () => string;
  readonly invoker: DurableInvoker;
  /** host.json `extensions.durableTask.hubName`. */
  readonly hubName: string;
  /** Told of what a user should see: an unknown function, a refused feature, an invocation that could not be read. */
  readonly log: (level: 'information' | 'warning' | 'error', message: string) => void;
  /** Activities at once; host.json `maxConcurrentActivityFunctions`. Default 50. */
  readonly maxConcurrentActivities?: number;
  /** Orchestrator episodes at once; host.json `maxConcurrentOrchestratorFunctions`. Default 32. */
  readonly maxConcurrentOrchestrators?: number;
}

export interface DurableEngine {
  /** Takes up everything that the journal holds: undelivered messages, activities under way at the last end, timers. */
  start(): Promise<void>;
  /** Starts nothing more, waits for what is under way (activities included) and leaves nothing running. The journal stays open. */
  stop(): Promise<void>;
  /**
   * The management API (durable-functions.md §3), for paths below `/runtime/webhooks/durabletask/` and `/durabletask/`;
   * anything else is answered 404.
   */
  readonly managementApi: Handler;
  /** The value of a `durableClient` input binding, as the JSON text that goes to the worker; `origin` as in `http://127.0.0.1:7071`. */
  clientBinding(origin: string): string;
}
