// The Durable extension of the local host: keeps orchestrations, runs their episodes and activities, and fires their
// timers.
import type { Clock } from '../kernel/clock';
import type { Journal } from '../kernel/journal';
import type { Timers } from '../kernel/timers';
import type { Handler } from '../wire/handler';
import { createClient } from './client-api/client';
import { clientBinding } from './client-api/client-binding';
import { RPC_PATH, WEBHOOK_PATH } from './client-api/links';
import { createManagementApi } from './client-api/management-api';
import { createDispatcher } from './dispatcher';
import { stampsOf } from './history/stamps';
import { createHub } from './hub';
import { KEYS } from './keys';
import { openStore, type Store } from './store';
import { createTimerKeeper } from './timer-keeper';
import { createActivityRunner } from './worker/activity-runner';
import type { DurableInvoker } from './worker/invoker';

export interface DurableEngineOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly timers: Timers;
  /**
   * 32 lower-case hex digits, never the same twice. They are execution ids, and instance ids that the caller left open.
   */
  readonly newId: () => string;
  readonly invoker: DurableInvoker;
  /** host.json `extensions.durableTask.hubName`. */
  readonly hubName: string;
  /** Receives what a user should see: an unknown function, a refused feature, an invocation that could not be read. */
  readonly log: (level: 'information' | 'warning' | 'error', message: string) => void;
  /** The app setting that names the storage account, as the addresses show it. Default `Storage`. */
  readonly connectionName?: string;
  /** `code` in the addresses that are handed out; it is not asked for. Default `local`. */
  readonly webhookKey?: string;
  /** How many activities run at a time; host.json `maxConcurrentActivityFunctions`. Default 50. */
  readonly maxConcurrentActivities?: number;
  /** How many orchestrator episodes run at a time; host.json `maxConcurrentOrchestratorFunctions`. Default 32. */
  readonly maxConcurrentOrchestrators?: number;
}

export interface DurableEngine {
  /**
   * Takes up everything in the journal: undelivered messages, timers, and activities that were under way at the last
   * end.
   */
  start(): Promise<void>;
  /**
   * Starts nothing more and waits for what is under way, activities included. Leaves nothing running. The journal stays
   * open.
   */
  stop(): Promise<void>;
  /**
   * The management API (docs/facts/durable-functions.md#management-api), for paths below
   * `/runtime/webhooks/durabletask/` and `/durabletask/`; anything else is answered 404.
   */
  readonly managementApi: Handler;
  /** The two fronts of the real host, apart: each answers only under its own path. */
  readonly fronts: { readonly rpc: Handler; readonly webhooks: Handler };
  /** The stored state, for the conformance run and for diagnostics. */
  readonly store: Store;
  /**
   * The value of a `durableClient` input binding, as the JSON text that goes to the worker; `origin` as in
   * `http://127.0.0.1:7071`.
   */
  clientBinding(origin: string): string;
}

const DEFAULT_MAX_ACTIVITIES = 50;
const DEFAULT_MAX_ORCHESTRATORS = 32;

/** Opens the state in the journal. Nothing runs before start(). Throws if another version wrote the journal. */
export function createDurableEngine(options: DurableEngineOptions): DurableEngine {
  const { journal, clock, timers, newId, invoker, hubName, log } = options;
  const store = openStore(journal);
  const hub = createHub({
    journal,
    store,
    clock,
    timers,
    stamp: stampsOf(clock),
    newId,
    invoker,
    log,
    wake: (instanceId) => dispatcher.wake(instanceId),
  });
  const keeper = createTimerKeeper(hub);
  const activities = createActivityRunner(hub, options.maxConcurrentActivities ?? DEFAULT_MAX_ACTIVITIES);
  const dispatcher = createDispatcher(
    hub,
    activities,
    keeper,
    options.maxConcurrentOrchestrators ?? DEFAULT_MAX_ORCHESTRATORS,
  );
  const client = createClient({
    hub,
    forgetTimers: (instanceId) =>
      keeper.disarm(instanceId).map((sequence) => ({ remove: KEYS.timer(sequence) })),
  });
  const links = {
    hubName,
    connectionName: options.connectionName ?? 'Storage',
    key: options.webhookKey ?? 'local',
  };
  const rpc = createManagementApi({ client, hub, links }, RPC_PATH);
  const webhooks = createManagementApi({ client, hub, links }, WEBHOOK_PATH);

  return {
    start: () => {
      for (const timer of store.timers()) keeper.arm(timer);
      for (const activity of store.activities()) activities.run(activity);
      for (const instanceId of store.instancesWithMail()) dispatcher.wake(instanceId);
      return Promise.resolve();
    },
    stop: async () => {
      keeper.stop();
      await hub.stop();
    },
    managementApi: (request) =>
      request.url.pathname.startsWith(`${RPC_PATH}/`) ? rpc(request) : webhooks(request),
    fronts: { rpc, webhooks },
    store,
    clientBinding: (origin) => clientBinding({ ...links, origin }),
  };
}
