// Stands where a placement was removed from the configuration while an attempt is still there: nothing can be read,
// nothing created.
import type { BackendFacts } from '../domain/backend/backend-facts';
import { TerminalError } from '../domain/errors';
import { reason } from '../domain/job/failure-reason';
import type { ComputeBackend } from '../domain/ports/compute-backend';

/**
 * What ends an unreadable workload ends these attempts too: a cancel, the provisioning deadline before it was seen, its
 * expiry.
 */
export function createUnconfiguredBackend(placement: string): ComputeBackend {
  const why = `Placement "${placement}" is not configured any more. Put it back into GPU_JOBS_PLACEMENTS until its attempts are gone`;
  const observation = { kind: 'unreadable', why, scopeMissing: false } as const;
  return {
    create: () =>
      Promise.resolve({ kind: 'refused', reason: reason('refused', `${why}.`, 'infrastructure') }),
    observe: () => Promise.resolve(observation),
    logs: () => Promise.resolve({ kind: 'unavailable', why }),
    remove: () => Promise.resolve({ sent: 'nothing', observation }),
    list: () => Promise.reject(new TerminalError(why, { placement })),
    usages: () => Promise.reject(new TerminalError(why, { placement })),
  };
}

/** Its scopes are its own. Nothing is created there, so no window matters; the rest is as cautious as any backend's. */
export function unconfiguredFacts(placement: string): BackendFacts {
  const own = `unconfigured/${placement}`;
  return {
    kind: 'unconfigured',
    region: undefined,
    traits: {
      repeatedCreate: 'runs-twice',
      fateKnownAfterS: 600,
      args: 'replaces-only',
      workingDir: false,
      scratch: { memory: false, sized: false },
      subPath: false,
      volumeKeys: false,
      bills: { from: 'pulling', until: 'gone', of: 'workload' },
      logs: 'window',
      requests: { perLook: 2, perS: 15 },
      removals: [],
      creates: [],
    },
    scopes: { inventory: own, quota: own, requests: own },
    offer: () => ({ kind: 'refuses', why: 'is not configured any more' }),
  };
}
