// The port to the blob containers, one a job, to which programs upload their outputs where a placement has no share.
import type { FilePath, Files } from './files';

/** From which instant to which an address is good, epoch milliseconds. */
export interface Lifetime {
  readonly from: number;
  readonly until: number;
}

/**
 * Makes the address of a folder, with a signature: whoever has it may create and write files anywhere in the
 * container, and nothing else. It is a secret, and it can't be taken back before its end.
 */
export type SignAddress = (folder: FilePath, lifetime: Lifetime) => string;

/** A path leads from the container's top. Each call rejects as those of `Files` do. */
export interface OutputContainer extends Files {
  /** Makes the container where it is not there yet. */
  make(): Promise<void>;
  /** Whatever signing takes from outside, had for addresses that end by `until`, epoch milliseconds. */
  signer(until: number): Promise<SignAddress>;
}

export interface OutputContainers {
  /** Of one job. Sends no request. */
  of(jobId: string): OutputContainer;
}
