// How Container Instances differs from other kinds of compute; each trait with its source in docs/backends.md.
import type { Traits } from '../../domain/backend/traits';

/** Of creates, and of deletes apart from them (docs/facts/container-instances.md#create-and-delete-windows). */
const WINDOWS = [
  { perS: 300, most: 100 },
  { perS: 3600, most: 300 },
] as const;

export const ACI_TRAITS: Traits = {
  repeatedCreate: 'restarts', // docs/facts/container-instances.md#repeated-put
  /** Assumed: longer than the bound from intent to PUT, the client's limit and the latest effect together. */
  fateKnownAfterS: 600,
  args: 'replaces-only', // docs/facts/container-instances.md#command
  workingDir: false,
  scratch: { memory: false, sized: false }, // docs/facts/container-instances.md#volumes
  subPath: false,
  volumeKeys: true,
  /**
   * From the first pull until the group is gone: a stop that hangs may go on being billed
   * (docs/facts/container-instances.md#billed-time).
   */
  bills: { from: 'pulling', until: 'gone', of: 'workload' },
  logs: 'window', // docs/facts/container-instances.md#logs
  /**
   * A look reads the group and its log. Resource Manager's bucket holds 250 reads and refills 25 a second
   * (docs/facts/azure-resource-manager.md#request-buckets). Others share it, so we plan for 15, and wait for more where
   * fewer than 100 are left.
   */
  requests: { perLook: 2, perS: 15, bucket: { spare: 100, refilledMs: 10_000 } },
  removals: WINDOWS,
  creates: WINDOWS,
};
