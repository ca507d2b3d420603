// How one kind of compute differs from others where generic code must know: data that generic code asks for.

/** At most this many within any span of this many seconds. */
export interface Window {
  /** Seconds, at most 3600. */
  readonly perS: number;
  readonly most: number;
}

/** What the platform's answers tell of a bucket of reads that refills steadily. */
export interface ReadBucket {
  /** With fewer left than this, the next look waits. */
  readonly spare: number;
  /** From empty to full again, milliseconds. What was left says nothing any more after this time either. */
  readonly refilledMs: number;
}

export interface RequestTraits {
  /** Reads that one look at a workload takes. */
  readonly perLook: number;
  /** Reads a second that all workloads of one request scope may plan for together. */
  readonly perS: number;
  /** Left out: answers tell no such count. */
  readonly bucket?: ReadBucket;
}

/** Each value with its source: docs/backends.md. */
export interface Traits {
  /**
   * What a second create of a name does while the first stands. No code relies on it, because at most one create is
   * sent.
   */
  readonly repeatedCreate: 'restarts' | 'refused' | 'runs-twice';
  /** After the intent, seconds: a create of unknown fate has taken effect by then, or never will. */
  readonly fateKnownAfterS: number;
  /** What args without a command do: they follow the image's entrypoint, or need the whole command. */
  readonly args: 'appends' | 'replaces-only';
  /** Whether a program may start in another directory than its image's. */
  readonly workingDir: boolean;
  /** Whether scratch may be memory, and whether what it holds may be limited. */
  readonly scratch: { readonly memory: boolean; readonly sized: boolean };
  /** Whether a mount may be one folder of a volume; otherwise a program sees the whole volume. */
  readonly subPath: boolean;
  /** Whether a create brings the keys of its volumes' shares. */
  readonly volumeKeys: boolean;
  /**
   * Between which instants of the attempt's row its cost is estimated, and whether it pays for itself or for a share of
   * a node.
   */
  readonly bills: {
    readonly from: 'pulling' | 'running';
    readonly until: 'ended' | 'gone';
    readonly of: 'workload' | 'node';
  };
  /** `window`: the end of the log, without a position. `position`: whatever follows a position. */
  readonly logs: 'window' | 'position';
  readonly requests: RequestTraits;
  /** The platform's windows of deletes, of which admission keeps a part free; none where it has none. */
  readonly removals: readonly Window[];
  /** The platform's windows of creates: what a placement without `limits.creates` is limited by. */
  readonly creates: readonly Window[];
}
