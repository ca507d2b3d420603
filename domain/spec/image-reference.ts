// An image's reference in full: registry, repository, tag or digest, with the defaults that a container runtime fills
// in.

export interface ImageReference {
  /** Lower case, with its port if it names one. */
  readonly registry: string;
  /** `registry/repository:tag`, `registry/repository@digest` or both. */
  readonly full: string;
}

/** Docker Hub, as references in full name it. */
export const DOCKER_HUB = 'docker.io';
/** Names that lead to Docker Hub as well (distribution's reference package). */
const DOCKER_HUB_ALIASES = new Set([DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io']);

/** The grammar of distribution's reference package: lower-case path components, a tag, a digest. */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,}$/;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/;

/** Undefined when the text is no reference that a runtime would take. */
export function parseImageReference(text: string): ImageReference | undefined {
  const [beforeDigest = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) return undefined;
  const { registry, rest } = splitRegistry(beforeDigest);
  if (!HOST.test(registry)) return undefined;
  const colon = rest.lastIndexOf(':');
  const repository = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (!REPOSITORY.test(repository) || (tag !== undefined && !TAG.test(tag))) return undefined;
  const path = registry === DOCKER_HUB && !repository.includes('/') ? `library/${repository}` : repository;
  const version = tag ?? (digest === undefined ? 'latest' : undefined);
  const full = `${registry}/${path}${version === undefined ? '' : `:${version}`}${digest === undefined ? '' : `@${digest}`}`;
  return { registry, full };
}

/** The registry of a reference, also of one that no runtime would take. */
export function registryOf(image: string): string {
  return splitRegistry(image).registry;
}

/** The first part is a registry when it looks like a host. Otherwise the image is Docker Hub's. */
function splitRegistry(name: string): { readonly registry: string; readonly rest: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (!isRegistry(first)) return { registry: DOCKER_HUB, rest: name };
  return { registry: registryNamed(first), rest: name.slice(slash + 1) };
}

/** One name for each registry: lower case, and Docker Hub's own for all of its names. */
export function registryNamed(server: string): string {
  const host = server.toLowerCase();
  return DOCKER_HUB_ALIASES.has(host) ? DOCKER_HUB : host;
}

/** Whether a reference's first part names a registry, rather than a user of Docker Hub. */
export function isRegistry(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost';
}
