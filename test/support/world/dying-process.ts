// A process that dies at a request to the platform: it has its effect or has none, its answer reaches nobody, and
// nothing more is done by whoever had sent it.
import type { Ports } from '../../../jobs/ports';
import type { Handler, WireRequest } from '../../../standins/wire/handler';
import { Death, dyingPorts, type Life } from '../app/dying-ports';

export interface DyingProcess {
  /** The ports of one activity: of a new process if the last has died. */
  readonly around: (ports: Ports) => Ports;
  /** The way of every process to the platform. */
  readonly way: (service: Handler) => Handler;
  /** How many requests were sent. */
  readonly requests: () => number;
  readonly hasDied: () => boolean;
}

/** `isLast`: whether this request, the so-many-th from 1, is the last of its process. It is asked until one was. */
export function dyingAt(
  isLast: (request: WireRequest, n: number) => boolean,
  effect: 'before' | 'after',
): DyingProcess {
  let current: Life = { calls: 0, dead: false };
  let requests = 0;
  let hasDied = false;
  return {
    around: (ports) => {
      const { ports: dying, life } = dyingPorts(ports, Infinity, effect);
      current = life;
      return dying;
    },
    way: (service) => async (request) => {
      const sender = current;
      if (sender.dead) throw new Death('The process is dead and sends nothing.');
      requests += 1;
      if (hasDied || !isLast(request, requests)) return service(request);
      hasDied = true;
      if (effect === 'after') await lost(service, request);
      sender.dead = true;
      throw new Death(`The process died ${effect} ${request.method} ${request.url.pathname}.`);
    },
    requests: () => requests,
    hasDied: () => hasDied,
  };
}

/** A runner that is gone while `isAway`: it reads nothing, writes nothing and asks nothing. */
export function awayWhile(isAway: () => boolean): Pick<DyingProcess, 'around' | 'way'> {
  const wayOf = (service: Handler): Handler => {
    return (request) => {
      if (isAway()) throw new Death('The runner is gone and sends nothing.');
      return service(request);
    };
  };
  return { around: (ports) => (isAway() ? dyingPorts(ports, 1, 'before').ports : ports), way: wayOf };
}

/** Lets a request take its effect; nobody is there for the answer, nor for a connection that breaks. */
async function lost(service: Handler, request: WireRequest): Promise<void> {
  try {
    await service(request);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}
