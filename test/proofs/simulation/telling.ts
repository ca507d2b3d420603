// A backend whose looks show one thing. No other method of it is called.
import type { ComputeBackend, Observation } from '../../../domain/ports/compute-backend';

export function telling(observation: Observation): ComputeBackend {
  const unused = (): never => {
    throw new Error('Only looks are taken here.');
  };
  return {
    create: unused,
    observe: () => Promise.resolve(observation),
    logs: unused,
    remove: unused,
    list: unused,
    usages: unused,
  };
}
