// What an image starts when only arguments are given, as a placement tells it whose backend can't append them itself.
import type { Placement } from '../placement/placement';

/** `registry/name` of `registry/name:tag@digest`. */
export function repositoryOf(image: string): string {
  const [named = ''] = image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon === -1 ? named : named.slice(0, colon);
}

/** The image's entrypoint from the placement's configuration: the exact image's, otherwise its repository's. */
export function entrypointOf(
  image: string,
  { entrypoints = {} }: Pick<Placement, 'entrypoints'>,
): readonly string[] | undefined {
  const name = [image, repositoryOf(image)].find((candidate) => Object.hasOwn(entrypoints, candidate));
  return name === undefined ? undefined : entrypoints[name];
}
