// The one list of what is not compared with a recording, and what counts as a mere id, time or version.

/** Fields that the stand-in does not keep or keeps otherwise, each with the reason. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  'status.resources':
    'what a kubelet tells of the resources that a pod got: it differs between two recordings of one kind',
  'status.allocatedResources': 'the same',
  managedFields:
    'who wrote which field: nothing reads it but server-side apply, whose conflicts are compared',
};

/** Whether a member is one of the list, by the names that lead to it: of the status it may stand at any depth. */
export function isNotCompared(path: readonly string[]): boolean {
  const name = path.at(-1) ?? '';
  return name in NOT_COMPARED || (path.includes('status') && `status.${name}` in NOT_COMPARED);
}

/** Headers that say something to a client; the others carry ids, or how the server frames its answer. */
export const COMPARED_HEADERS = ['content-type', 'warning', 'retry-after'] as const;

/** Members whose values are opaque: of a uid it counts which ones are equal, of the others that there is one. */
export const OPAQUE_MEMBERS: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'continue',
  'containerID',
]);

interface Pattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Parts of texts that differ from run to run. The first that fits wins. */
export const RUNS_OWN: readonly Pattern[] = [
  { kind: 'time', pattern: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g },
  { kind: 'uuid', pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g },
  { kind: 'container', pattern: /\b(?:containerd:\/\/)?[0-9a-f]{64}\b/g },
  { kind: 'api-access', pattern: /\bkube-api-access-[a-z0-9]{5}\b/g },
  { kind: 'event', pattern: /(?<=\.)[0-9a-f]{16}\b/g },
  { kind: 'version', pattern: /(?<=Too large resource version: \d+, current: )\d+/g },
  { kind: 'version', pattern: /(?<=too old resource version: )\d+ \(\d+\)/g },
  { kind: 'address', pattern: /\b10\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g },
  { kind: 'duration', pattern: /(?<=\bin |\()\d+(?:\.\d+)?(?:ms|s)(?= \(| including)/g },
  // A pod's name ends in five characters of chance; which pod is meant is compared by its translated name.
  { kind: 'suffix', pattern: /(?<=pods "[a-z0-9-]+-)[bcdfghjklmnpqrstvwxz2456789]{5}(?=" is forbidden)/g },
  { kind: 'suffix', pattern: /(?<=\ba{50}-b{7})[bcdfghjklmnpqrstvwxz2456789]{5}\b/g },
  { kind: 'suffix', pattern: /(?<=\btrain-)[bcdfghjklmnpqrstvwxz2456789]{5}\b/g },
  // Of an OpenAPI document: over all its words, the server's own descriptions included.
  { kind: 'hash', pattern: /(?<=\?hash=)[0-9A-F]{128}/g },
  { kind: 'jwt', pattern: /\beyJ[\w-]+\.[\w-]+\.[\w-]+|<jwt>/g },
];
