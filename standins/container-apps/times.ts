// How long each thing takes, in milliseconds, as observed of the service (docs/facts/container-apps.md#observed-times).

export interface Times {
  /** PUT of a job until Succeeded: median 8 s of 773. */
  readonly putMs: number;
  /** PATCH of a job until its result: median 17 s, of which most is the client's wait; 11 s where it was seen. */
  readonly patchMs: number;
  /** DELETE until the resource is gone: median 16 s. */
  readonly deleteMs: number;
  /** PUT of an environment: 128 s, once. */
  readonly environmentMs: number;
  /** PATCH of an environment that adds a GPU profile: 83 s, once. */
  readonly environmentPatchMs: number;
  /** From a start until the execution shows itself as Running; `Unknown` before that was seen in 2023 only. */
  readonly unknownMs: number;
  /** From a start until its replica shows containers: within 3 s. */
  readonly assignMs: number;
  /** A pull of an image of a few MB: container started 3 to 8 s after the execution's startTime. */
  readonly pullMs: number;
  /** From a pulled image to the start of its container. */
  readonly createMs: number;
  /** From a container's end until the execution is over: 5 s (reported). */
  readonly completeMs: number;
  /** From a stop until `Stopped` is shown: 0 to 8 s, median 2 s. */
  readonly stoppedMs: number;
  /** Before another replica after one that failed: Kubernetes' 10 s, doubled each time. */
  readonly retryMs: number;
  /** Waits before another pull after one that failed (reported of an app); the last goes on. */
  readonly pullRetriesMs: readonly number[];
  /** From the end until the platform removes the replica: 2 min 17 s (reported, once). */
  readonly cleanupMs: number;
  /** Rows of the log tables come in batches this far apart. */
  readonly batchMs: number;
  /** From a batch's time until a query shows it: 14 s to 5 min in all (reported). */
  readonly ingestMs: number;
  /** How long a token for the streams is good: one hour (recorded). Not scaled. */
  readonly tokenMs: number;
}

export const OBSERVED_TIMES: Times = {
  putMs: 8_000,
  patchMs: 11_000,
  deleteMs: 16_000,
  environmentMs: 128_000,
  environmentPatchMs: 83_000,
  unknownMs: 0,
  assignMs: 1_500,
  pullMs: 3_000,
  createMs: 500,
  completeMs: 5_000,
  stoppedMs: 2_000,
  retryMs: 10_000,
  pullRetriesMs: [13_000, 10_000, 20_000, 40_000, 80_000],
  cleanupMs: 137_000,
  batchMs: 5_000,
  ingestMs: 20_000,
  tokenMs: 3_600_000,
};

/** The same life, faster or slower: 0.1 is ten times as fast. Only the token keeps its time. */
export function scaledTimes(factor: number): Times {
  const { pullRetriesMs, tokenMs, ...others } = OBSERVED_TIMES;
  const times = Object.entries(others).map(([name, ms]): [string, number] => [name, ms * factor]);
  return {
    ...others,
    ...Object.fromEntries(times),
    pullRetriesMs: pullRetriesMs.map((ms) => ms * factor),
    tokenMs,
  };
}
