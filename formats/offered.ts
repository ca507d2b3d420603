// What a document mounts or signs in as, onto the names by which placements offer such things.
import type { Draft } from './draft';
import type { Reader } from './reader';

const MOST_CHARACTERS = 63;

/** The name in the form that placements' names have; undefined where nothing of it is left. */
function offeredName(written: string): string | undefined {
  const name = written
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, MOST_CHARACTERS)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? undefined : name;
}

/** A volume of a document that a placement must offer. */
export interface OfferedVolume {
  /** Such as the name of a claim or of a share: what its own name is made from. */
  readonly called: string;
  /** Tells it from others of the same name. */
  readonly identity: string;
  /** Members of a placement's entry that would be it. */
  readonly entry: object;
}

/** A mount, as far as the document tells. */
export interface WrittenMount {
  readonly mount: Reader;
  readonly path: Reader;
  readonly readOnly: boolean | undefined;
}

/** Collects what is mounted, in the order of the document. */
export class MountsDraft {
  readonly #draft: Draft;
  readonly #volumes: object[] = [];
  readonly #scratch: object[] = [];
  readonly #identities = new Map<string, string>();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  volume({ mount, path, readOnly }: WrittenMount, { called, identity, entry }: OfferedVolume): void {
    const name = offeredName(called);
    if (name === undefined) {
      mount.problem(`mounts ${JSON.stringify(called)}, of which no name of a placement's volume can be made`);
      return;
    }
    const known = this.#identities.get(name);
    if (known !== undefined && known !== identity)
      mount.problem(
        `mounts ${identity}, which would be the volume "${name}", as ${known} is already; a placement's volume has one name for each: rename one`,
      );
    this.#identities.set(name, identity);
    const at = ['volumes', String(this.#volumes.length)];
    const written = path.text();
    this.#volumes.push({
      name,
      ...(written === undefined ? {} : { path: withoutSlash(written) }),
      ...(readOnly === undefined ? {} : { readOnly }),
    });
    this.#draft.set('volumes', this.#volumes, mount);
    this.#came(at, mount, path);
    mount.translated(
      `is the volume "${name}" of a placement: a job with it runs where one offers it, such as "volumes": ${JSON.stringify({ [name]: entry })}`,
    );
  }

  /** `limit`: where the size stands that `sizeGb` came of. */
  scratch(
    { mount, path }: Omit<WrittenMount, 'readOnly'>,
    of: { readonly memory?: boolean; readonly sizeGb?: number | undefined; readonly limit?: Reader },
  ): void {
    const at = ['scratch', String(this.#scratch.length)];
    const written = path.text();
    this.#scratch.push({
      ...(written === undefined ? {} : { path: withoutSlash(written) }),
      ...(of.sizeGb === undefined ? {} : { sizeGb: of.sizeGb }),
      ...(of.memory === true ? { memory: true } : {}),
    });
    this.#draft.set('scratch', this.#scratch, mount);
    this.#came(at, mount, path);
    if (of.limit !== undefined) this.#draft.came([...at, 'sizeGb'], of.limit);
  }

  #came(at: readonly string[], mount: Reader, path: Reader): void {
    this.#draft.came(at, mount);
    this.#draft.came([...at, 'path'], path);
  }
}

/** Documents end folders with a slash, a spec's path has none. */
export function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

/** Drafts the identity that a program signs in as. `entry`: members of a placement's entry that would be it. */
export function draftIdentity(draft: Draft, from: Reader, called: string, entry: object): void {
  const name = offeredName(called);
  if (name === undefined) {
    from.problem(`is ${JSON.stringify(called)}, of which no name of a placement's identity can be made`);
    return;
  }
  draft.set('identity', name, from);
  from.translated(
    `is the identity "${name}" of a placement: a job with it runs where one offers it, such as "identities": ${JSON.stringify({ [name]: entry })}`,
  );
}
