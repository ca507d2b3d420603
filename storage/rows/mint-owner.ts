// A new deployment's identity.
import type { Owner } from '../../domain/owner';

const ID_CHARACTERS = 12;
const RANDOM_BYTES = 32;

/** Random bytes; `crypto.randomBytes` in production. */
export type RandomBytes = (size: number) => Uint8Array;

/** An id of 12 letters and digits (it stands in tags), a key of 32 bytes in hex. */
export function mintOwner(randomBytes: RandomBytes): Owner {
  const hex = (): string => Buffer.from(randomBytes(RANDOM_BYTES)).toString('hex');
  // The last digits of a number this large are uniform but for one part in 2^190.
  const digits = BigInt(`0x${hex()}`).toString(36).padStart(ID_CHARACTERS, '0');
  return { id: digits.slice(-ID_CHARACTERS), key: hex() };
}
