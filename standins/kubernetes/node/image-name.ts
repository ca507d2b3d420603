// Names of images, as a container runtime reads them.
import { createHash } from 'node:crypto';

/** The name in full, with registry, path and tag; undefined where it is no name of an image. */
export function fullImageName(image: string): string | undefined {
  const [named = '', digest] = image.split('@');
  const slash = named.indexOf('/');
  const first = slash === -1 ? '' : named.slice(0, slash);
  const hosted = first === 'localhost' || /[.:]/.test(first);
  const host = hosted ? first : 'docker.io';
  const path = hosted ? named.slice(slash + 1) : named;
  const [repository = '', tag] = path.split(':');
  const inFull = hosted || repository.includes('/') ? repository : `library/${repository}`;
  if (!REPOSITORY.test(inFull) || (tag !== undefined && !TAG.test(tag))) return undefined;
  const suffix = tag === undefined && digest === undefined ? ':latest' : tag === undefined ? '' : `:${tag}`;
  return `${host}/${inFull}${suffix}${digest === undefined ? '' : `@${digest}`}`;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG = /^\w[\w.-]{0,127}$/;

/** Why a name is none, as the kubelet says it. */
export function invalidImageMessage(image: string): string {
  const why = /[A-Z]/.test(image)
    ? `invalid reference format: repository name (${image.includes('/') ? image : `library/${image}`}) must be lowercase`
    : 'invalid reference format';
  return `Failed to apply default image tag ${JSON.stringify(image)}: couldn't parse image name ${JSON.stringify(image)}: ${why}`;
}

/** A digest that is the same for the same name: there is no image to take it from. */
export function imageDigest(image: string): string {
  return `sha256:${createHash('sha256').update(image).digest('hex')}`;
}

/** The name without tag and digest. */
export function repositoryOf(image: string): string {
  const [named = ''] = image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon === -1 ? named : named.slice(0, colon);
}
