// Remembers specs, which every look at a job needs. A spec never changes under its hash, so each is fetched once.
import type { SpecStore } from '../../domain/ports/blob-stores';
import type { JobSpec } from '../../domain/spec/job-spec';

/** The most specs kept. Each is a few KB, at most the 256 KB of a document. */
const MAX_REMEMBERED = 64;

/** Literal secrets are in none of them: they are stored as hashes. */
export function createRememberedSpecs(
  specs: Pick<SpecStore, 'get'>,
  maxRemembered = MAX_REMEMBERED,
): Pick<SpecStore, 'get'> {
  /** The least recently used first. */
  const known = new Map<string, JobSpec>();
  return {
    get: async (specHash) => {
      const spec = known.get(specHash) ?? (await specs.get(specHash));
      known.delete(specHash);
      known.set(specHash, spec);
      for (const oldest of known.keys()) {
        if (known.size <= maxRemembered) break;
        known.delete(oldest);
      }
      return spec;
    },
  };
}
