// Ports of a process that dies at a given call. That call has its effect or has none, and no later one is made.
import { RetryableError } from '../../../domain/errors';

/** The error with which a call of a dead process rejects. */
export class Death extends RetryableError {
  override name = 'Death';
}

export interface Life {
  /** Calls made so far. */
  calls: number;
  dead: boolean;
}

/**
 * The same object, with each call of each member counted. The call `at` (from 1) is cut before or after its effect.
 * Members that only read the time, the configuration or the process's own memory stay as they are.
 */
export function dyingPorts<P extends object>(
  ports: P,
  at: number,
  effect: 'before' | 'after',
): { readonly ports: P; readonly life: Life } {
  const life: Life = { calls: 0, dead: false };
  const spared = new Set(['clock', 'log', 'pace', 'quotas', 'placements', 'configuredSchedules', 'times']);
  const called = async (run: () => unknown): Promise<unknown> => {
    life.calls += 1;
    const last = life.calls === at;
    if (life.dead || (last && effect === 'before')) {
      life.dead = true;
      throw new Death('The process died before this call.');
    }
    const result: unknown = await run();
    if (!last) return result;
    life.dead = true;
    throw new Death('The process died after this call.');
  };
  const mortal = (member: object): object =>
    new Proxy(member, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => called((): unknown => Reflect.apply(value, target, args));
      },
    });
  const members = new Map<string | symbol, object>();
  return {
    life,
    ports: new Proxy(ports, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'object' || value === null || spared.has(String(name))) return value;
        const made = members.get(name) ?? mortal(value);
        members.set(name, made);
        return made;
      },
    }),
  };
}

/** Whatever was made of it on its way out of a dead process. */
function isDeath(error: unknown): boolean {
  return error instanceof Death || (error instanceof Error && isDeath(error.cause));
}

/**
 * Runs `act` once for every call that it makes, with a death before and a death after its effect, each on fresh ports.
 * Then runs `after` on these.
 */
export async function dieEverywhere<App extends { readonly ports: object }>(
  make: () => App | Promise<App>,
  act: (ports: App['ports']) => Promise<unknown>,
  after: (app: App, where: string) => Promise<void>,
): Promise<number> {
  let deaths = 0;
  for (const effect of ['before', 'after'] as const) {
    for (let at = 1; ; at += 1) {
      const app = await make();
      const { ports, life } = dyingPorts(app.ports, at, effect);
      await act(ports).catch((error: unknown) => {
        if (!isDeath(error)) throw error;
      });
      await after(app, `death ${effect} call ${at}`);
      if (life.calls < at) break;
      deaths += 1;
    }
  }
  return deaths;
}
