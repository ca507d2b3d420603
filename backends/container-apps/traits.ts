// How Container Apps jobs differ from other kinds of compute; each trait with its source in docs/backends.md.
import type { Traits } from '../../domain/backend/traits';

export const CONTAINER_APPS_TRAITS: Traits = {
  repeatedCreate: 'runs-twice', // docs/facts/container-apps.md#start
  /** Assumed: no source bounds how late a start may take effect (docs/facts/container-apps.md#late-start). */
  fateKnownAfterS: 600,
  args: 'appends', // docs/facts/container-apps.md#definition
  workingDir: false,
  scratch: { memory: false, sized: false }, // docs/facts/container-apps.md#volumes
  subPath: true,
  volumeKeys: false,
  /** Replicas are billed while they are there, the definition never (docs/facts/container-apps.md#billed-time). */
  bills: { from: 'pulling', until: 'ended', of: 'workload' },
  logs: 'window', // docs/facts/container-apps.md#log-stream
  /**
   * A look reads the definition, its executions and the replicas of one; its log reads the replicas. A token, kept for
   * an hour, is one more. The streams are not Resource Manager's.
   * Resource Manager's bucket is that of container groups (docs/facts/azure-resource-manager.md#request-buckets).
   */
  requests: { perLook: 5, perS: 15, bucket: { spare: 100, refilledMs: 10_000 } },
  removals: [],
  creates: [],
};
