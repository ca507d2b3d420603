// Makes `require('@azure/functions-core')` yield our module, the way the Node worker does: by wrapping Module's
// require.
import Module from 'node:module';

/**
 * Answers `require('@azure/functions-core')` with `core` everywhere in this process, ES modules that import
 * `@azure/functions` included (its build is CommonJS). One app a process: the library keeps the first answer.
 */
export function provideCoreModule(core: object): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the proxy passes `this` on
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (target, thisArg: unknown, args: [string]): unknown =>
      args[0] === '@azure/functions-core' ? core : Reflect.apply(target, thisArg, args),
  });
}
