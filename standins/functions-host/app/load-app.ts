// Loads a Functions app as the Node worker does, and turns what it registered into a FunctionApp.
import { resolve } from 'node:path';

import type { WriteLog } from './app-log';
import { provideCoreModule } from './core-module-hook';
import { bindingsOf, createCoreModule, emptyRegistrations, type RegisteredFunction } from './core-shim';
import { findEntryPoints, loadEntryPoint, readAppPackage } from './entry-points';
import type { FunctionApp, LoadedFunction } from './function-app';
import { emptyHookData, runHooks, withReadOnly } from './hooks';
import { asError, invokeFunction } from './invoke';

export interface LoadAppOptions {
  /** Receives what the app and the Functions library log. Default: it goes nowhere. */
  readonly log?: WriteLog;
}

/** What the worker of the versions that we follow can do. The library may remove from it or add to it. */
const WORKER_CAPABILITIES = {
  RawHttpBodyBytes: 'true',
  RpcHttpTriggerMetadataRemoved: 'true',
  RpcHttpBodyOnly: 'true',
  IgnoreEmptyValuedRpcHttpHeaders: 'true',
  UseNullableValueDictionaryForHttp: 'true',
  WorkerStatus: 'true',
  TypedDataCollection: 'true',
  HandlesWorkerTerminateMessage: 'true',
};

/**
 * Loads the app in folder `root`, whose package.json names the entry points. A process can have one app, because the
 * Functions library remembers whom it registered with. Throws if an entry point fails to load, nothing registers, a
 * function lacks its one trigger, or the app turned HTTP streaming on.
 */
export async function loadApp(root: string, options: LoadAppOptions = {}): Promise<FunctionApp> {
  const folder = resolve(root);
  const log = options.log ?? (() => undefined);
  const registrations = emptyRegistrations();
  provideCoreModule(createCoreModule(registrations, log));
  const appPackage = await readAppPackage(folder);
  for (const file of await findEntryPoints(folder, appPackage.main)) {
    try {
      await loadEntryPoint(file, appPackage);
    } catch (thrown) {
      const reason = asError(thrown).message;
      throw new Error(`Worker was unable to load entry point "${file}": ${reason}`, { cause: thrown });
    }
  }
  const { model } = registrations;
  if (model === undefined || registrations.functions.size === 0)
    throw new Error(
      `The app in ${folder} registered no function with @azure/functions v4. ` +
        'function.json folders (the v3 model) are not offered by the local host.',
    );
  const hookData = emptyHookData();
  const appHooks = { hookData: hookData.appLevelOnly, appHookData: hookData.app };
  await runHooks(registrations, 'appStart', withReadOnly({ functionAppDirectory: folder }, appHooks));
  const capabilities = await model.getCapabilities?.({ ...WORKER_CAPABILITIES });
  if (capabilities?.['HttpUri'] !== undefined)
    throw new Error(
      'The app calls app.setup({ enableHttpStream: true }). The local host offers no HTTP streaming: leave it off.',
    );
  registrations.locked = true;
  const worker = { registrations, model, hookData, log };
  return {
    functions: [...registrations.functions.values()].map(describe),
    invoke: async (invocation) => {
      const registered = registrations.functions.get(invocation.functionId);
      if (registered === undefined)
        throw new Error(`Function code for '${invocation.functionId}' is not loaded and cannot be invoked.`);
      return invokeFunction(worker, registered, invocation);
    },
    close: () => runHooks(registrations, 'appTerminate', withReadOnly({}, appHooks)),
  };
}

function describe({ id, metadata }: RegisteredFunction): LoadedFunction {
  const bindings = bindingsOf(metadata);
  const triggers = bindings.filter((binding) => /trigger$/i.test(binding.type));
  const [trigger] = triggers;
  if (trigger === undefined || triggers.length > 1)
    throw new Error(`Function "${metadata.name}" must have exactly one trigger; it has ${triggers.length}.`);
  const { retryOptions } = metadata;
  return {
    id,
    name: metadata.name,
    bindings,
    trigger,
    ...(retryOptions === undefined || retryOptions === null ? {} : { retryOptions }),
  };
}
