// The host as a whole: the app, its triggers, the HTTP server and the Durable engine, started and stopped together.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type { DurableEngine, DurableEngineOptions } from '../durable/engine';
import type { Clock } from '../kernel/clock';
import type { Journal } from '../kernel/journal';
import { openLmdbJournal } from '../kernel/lmdb-journal';
import type { Timers } from '../kernel/timers';
import type { Handler } from '../wire/handler';
import { type RunningServer, serve } from '../wire/node-server';
import type { WriteLog } from './app/app-log';
import { isDisabled } from './app/disabled';
import type { FunctionApp, LoadedFunction } from './app/function-app';
import { createFunctionRunner } from './app/function-runner';
import { loadApp } from './app/load-app';
import { refuseWhatIsNotOffered } from './app/offered-bindings';
import { createDurableInvoker } from './durable-functions';
import { type HostJson, readHostJson } from './host-json';
import { createAdminApi } from './http/admin-api';
import { createHttpTrigger, type HttpFunction, httpFunctions } from './http/http-trigger';
import { createRouter } from './http/routing';
import { createListeners } from './listeners';
import { applyLocalSettings, readLocalSettings } from './local-settings';

export interface HostOptions {
  /** The app's folder: host.json, package.json, local.settings.json. */
  readonly root: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Orchestrations and timers are kept in its sub-folder `functions-host`. */
  readonly stateFolder: string;
  /** The app's environment, which is `process.env`; the host adds to it. */
  readonly environment: Record<string, string | undefined>;
  /** How long a queue message hides at a time while its function works, in seconds. */
  readonly hiddenForS: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: WriteLog;
  readonly createEngine: (options: DurableEngineOptions) => DurableEngine;
  /** Another way to the app than loading it into this process. */
  readonly loadApp?: (root: string, options: { readonly log: WriteLog }) => Promise<FunctionApp>;
}

interface FunctionSummary {
  readonly name: string;
  /** The trigger's type. */
  readonly type: string;
  /** HTTP only: `/api/jobs/{id}`. */
  readonly route?: string;
  /** HTTP only; absent: any. */
  readonly methods?: readonly string[];
}

export interface RunningHost {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly functions: readonly FunctionSummary[];
  /** Takes nothing more, lets what is under way finish for about `graceMs` at most, and gives back the rest. */
  stop(graceMs: number): Promise<void>;
}

/** The largest request body (ScriptConstants.DefaultMaxRequestBodySize); larger ones get 413. */
const MAX_BODY_BYTES = 104_857_600;

/** Starts everything. Rejects if the app or its configuration cannot be served; the process must then end. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { environment, log } = options;
  const note = (message: string): void => log({ level: 'information', category: 'system', message });
  applyLocalSettings(await readLocalSettings(options.root), environment);
  const hostJson = await readHostJson(options.root, environment);
  if (hostJson.notFollowed.length > 0)
    note(`host.json: not followed here: ${hostJson.notFollowed.join(', ')}.`);

  // The server comes first: the app may want to know its own address, and early requests wait instead of failing.
  let open: (handler: Handler) => void = () => undefined;
  const opened = new Promise<Handler>((resolve) => (open = resolve));
  const server = await serve(async (request) => (await opened)(request), {
    port: options.port,
    maxBodyBytes: MAX_BODY_BYTES,
    onError: (error, request) =>
      log({
        level: 'error',
        category: 'system',
        message: `${request.method} ${request.url.pathname} could not be answered: ${String(error)}`,
      }),
  });
  environment['WEBSITE_HOSTNAME'] = `127.0.0.1:${server.port}`;
  environment['AZURE_FUNCTIONS_ENVIRONMENT'] ??= 'Development';
  environment['FUNCTIONS_WORKER_RUNTIME'] ??= 'node';
  try {
    const app = await (options.loadApp ?? loadApp)(options.root, { log });
    refuseWhatIsNotOffered(app.functions);
    return await run(app, hostJson, server, open, options);
  } catch (error) {
    open(() => ({ status: 503 }));
    await server.close();
    throw error;
  }
}

async function run(
  app: FunctionApp,
  hostJson: HostJson,
  server: RunningServer,
  open: (handler: Handler) => void,
  options: HostOptions,
): Promise<RunningHost> {
  const { clock, environment, log } = options;
  const startedAt = clock.monotonic();
  const journals = openedOnce((name) =>
    openLmdbJournal(join(options.stateFolder, 'functions-host', `${name}.lmdb`)),
  );
  const runner = createFunctionRunner({
    app,
    clock,
    log,
    newInvocationId: randomUUID,
    durableClient: () => {
      if (engine === undefined) throw new Error('A durableClient binding without the Durable engine.');
      return engine.clientBinding(server.origin);
    },
  });
  const engine = app.functions.some(isDurable)
    ? options.createEngine({
        journal: journals.get('durable'),
        clock,
        timers: options.timers,
        newId: () => randomUUID().replaceAll('-', ''),
        invoker: createDurableInvoker(app.functions, runner),
        hubName: hostJson.durableTask.hubName,
        log: (level, message) => log({ level, category: 'system', message }),
        ...limits(hostJson),
      })
    : undefined;
  const http = httpFunctions(app.functions, hostJson.routePrefix);
  const listeners = createListeners({
    ...options,
    functions: app.functions,
    runner,
    hostJson,
    timerJournal: () => journals.get('timers'),
    random: Math.random,
  });
  const disabled = (loaded: LoadedFunction): boolean => isDisabled(loaded.name, environment);
  const handler = createRouter({
    admin: createAdminApi({
      functions: app.functions,
      isDisabled: disabled,
      routeOf: (loaded) => http.find((entry) => entry.loaded === loaded)?.route.template,
      begin: (loaded, input) => listeners.runNow(loaded, input),
      uptime: () => clock.monotonic() - startedAt,
    }),
    durable: engine?.managementApi,
    functions: createHttpTrigger(
      http.filter(({ loaded }) => !disabled(loaded)),
      runner,
    ),
  });

  // Orchestrations that were under way may call the app's own routes, so those open before anything is resumed.
  open(handler);
  await engine?.start();
  await listeners.start();
  return {
    url: server.origin,
    functions: app.functions.map((loaded) => summary(loaded, http)),
    stop: async (graceMs) => {
      await Promise.all([listeners.stop(graceMs), server.close(), engine?.stop()]);
      await app.close();
      await journals.close();
    },
  };
}

function isDurable({ bindings }: LoadedFunction): boolean {
  return bindings.some(({ type }) => /^(orchestrationTrigger|activityTrigger|durableClient)$/i.test(type));
}

function limits({ durableTask }: HostJson): Partial<DurableEngineOptions> {
  const { maxConcurrentActivityFunctions: activities, maxConcurrentOrchestratorFunctions: episodes } =
    durableTask;
  return {
    ...(activities === undefined ? {} : { maxConcurrentActivities: activities }),
    ...(episodes === undefined ? {} : { maxConcurrentOrchestrators: episodes }),
  };
}

function summary(loaded: LoadedFunction, http: readonly HttpFunction[]): FunctionSummary {
  const { name, trigger } = loaded;
  const entry = http.find((candidate) => candidate.loaded === loaded);
  return {
    name,
    type: trigger.type,
    ...(entry === undefined ? {} : { route: `/${entry.route.template}` }),
    ...(entry?.methods === undefined ? {} : { methods: entry.methods }),
  };
}

/** Journals by name, each opened when it is first needed. */
function openedOnce(openJournal: (name: string) => Journal): {
  get(name: string): Journal;
  close(): Promise<void>;
} {
  const journals = new Map<string, Journal>();
  return {
    get: (name) => {
      const journal = journals.get(name) ?? openJournal(name);
      journals.set(name, journal);
      return journal;
    },
    close: async () => {
      await Promise.all([...journals.values()].map((journal) => journal.close()));
    },
  };
}
