// Keys that placements share. They are compared, never parsed.

export interface Scopes {
  /** Placements with the same key show their workloads in one list. */
  readonly inventory: string;
  /** Placements with the same key use the same quotas. */
  readonly quota: string;
  /** The requests of placements with the same key come out of one budget. */
  readonly requests: string;
}
