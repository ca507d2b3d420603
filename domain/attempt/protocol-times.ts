// The protocol's times: settings with defaults that only change together, keeping their order.

/** All in seconds (protocol, preamble). */
export interface ProtocolTimes {
  /** From sending the intent to sending the create, at most. */
  readonly createBoundS: number;
  /** How long a workload must answer 404, three times at least, to count as absent. */
  readonly absentForS: number;
  /** Counted from the intent: a create of unknown fate takes effect within this time or never. */
  readonly unknownFateS: number;
  /** Counted from its creation: after this time a workload without a row is a leak. */
  readonly unknownWorkloadS: number;
  /** Between two deletes of one workload, at least. */
  readonly deleteAgainS: number;
  /** Counted from the first delete: a removal that is not done by then is overdue. */
  readonly overdueS: number;
  /** Limit of the create's own HTTP request. */
  readonly createRequestS: number;
  /** Before the second attempt; doubles with each further one. */
  readonly retryBackoffS: number;
  /** From the first refusal for want of capacity until one job probes again. It doubles with each refused probe. */
  readonly capacityBackoffS: number;
  /** The longest that it grows to. */
  readonly longestCapacityBackoffS: number;
  /** Counted from its promised next look: a story that is silent for longer counts as hung, and another takes over. */
  readonly storyPromiseS: number;
  /** A log is complete when its store had no new row for so long (docs/facts/container-apps.md#log-store). */
  readonly logQuietS: number;
  /** Counted from the first question: a log that is not complete by then stays what the live log is. */
  readonly logGiveUpS: number;
}

export const DEFAULT_TIMES: ProtocolTimes = {
  createBoundS: 60,
  absentForS: 60,
  unknownFateS: 600,
  unknownWorkloadS: 900,
  deleteAgainS: 120,
  overdueS: 1800,
  createRequestS: 120,
  retryBackoffS: 10,
  capacityBackoffS: 60,
  longestCapacityBackoffS: 1800,
  storyPromiseS: 300,
  logQuietS: 300,
  logGiveUpS: 7200,
};

/**
 * How far a host's wall clock may be off the server's, as a share of `absentForS` (protocol, preamble). Two hosts may
 * be twice as far apart, and must still agree on an absence that is longer than any stray 404.
 */
const CLOCK_OFFSET = 0.2;

/** By how much a host's wall clock may be off the server's, milliseconds. */
export function clockOffsetMs({ absentForS }: Pick<ProtocolTimes, 'absentForS'>): number {
  return absentForS * 1000 * CLOCK_OFFSET;
}

/** What is wrong with the order of these times; undefined when it is right. */
export function brokenOrder(times: ProtocolTimes): string | undefined {
  if (times.unknownFateS <= times.createBoundS + times.createRequestS) {
    return `The fate of a create must stay unknown (${times.unknownFateS} s) for longer than from intent to create (${times.createBoundS} s) and its request (${times.createRequestS} s) together.`;
  }
  if (times.unknownWorkloadS <= times.unknownFateS) {
    return `A workload without a row (${times.unknownWorkloadS} s) must be left alone for longer than a create's fate is unknown (${times.unknownFateS} s).`;
  }
  if (times.logGiveUpS <= times.logQuietS) {
    return `The store of a log must be given up later (${times.logGiveUpS} s) than it counts as quiet (${times.logQuietS} s).`;
  }
  return undefined;
}
