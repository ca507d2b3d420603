// Makes `require('@azure/functions-core')` return our module, in the way of the Node worker: by wrapping Module's
// require.
import Module from 'node:module';

/**
 * Answers `require('@azure/functions-core')` with `core` everywhere in this process. That includes ES modules that
 * import `@azure/functions`, whose build is CommonJS. A process can have one app, because the library keeps the first
 * answer.
 */
export function provideCoreModule(core: object): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the proxy passes `this` on
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (target, thisArg: unknown, args: [string]): unknown =>
      args[0] === '@azure/functions-core' ? core : Reflect.apply(target, thisArg, args),
  });
}
