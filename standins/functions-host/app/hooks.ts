// Runs the hooks that the app registered, with the objects that the worker hands them.
import type { HookCallback, HookName, Registrations } from './core-shim';

/** Data that hooks share: all hooks of the app, and appStart and appTerminate alone. */
export interface HookData {
  readonly app: object;
  readonly appLevelOnly: object;
}

export function emptyHookData(): HookData {
  return { app: {}, appLevelOnly: {} };
}

/**
 * Runs the hooks of that name one after another, in the order of their registration. The first that throws ends the
 * run.
 */
export async function runHooks(registrations: Registrations, name: HookName, context: object): Promise<void> {
  const callbacks: readonly HookCallback[] = registrations.hooks[name];
  for (const callback of callbacks) await callback(context);
}

/** Gives `target` those properties, read-only: assigning to one throws, as in the worker. Returns `target`. */
export function withReadOnly<T extends object>(target: T, readOnly: Readonly<Record<string, unknown>>): T {
  for (const [key, value] of Object.entries(readOnly)) {
    Object.defineProperty(target, key, {
      enumerable: true,
      get: (): unknown => value,
      set: () => {
        throw new TypeError(`Cannot assign to read only property '${key}'`);
      },
    });
  }
  return target;
}
