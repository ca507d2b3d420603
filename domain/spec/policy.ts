// The policy: which registries, images, identities, volumes and secrets specs may use, in the whole deployment or in
// one placement.
import { z } from 'zod';

import { fits } from './glob';
import { isRegistry, parseImageReference } from './image-reference';
import type { JobSpec, SpecProblem } from './job-spec';

const pattern = z.string().min(1).max(512);
const patterns = z.array(pattern).max(200);
const FULL = 'must begin with a registry, such as docker.io/library/python:*';

/** Whole references, with registry and tag: `nvcr.io/nvidia/*`, `docker.io/library/python:*`. */
export const imagePatterns = z.array(pattern.refine((text) => beginsWithRegistry(text), FULL)).max(200);

/**
 * What is left out is not limited; an empty list allows nothing. `*` in a pattern stands for any characters
 * (pattern.ts).
 */
export const policySchema = z.strictObject({
  /** Hosts: `nvcr.io`, `*.azurecr.io`. Of images and of the registries that credentials are sent to. */
  registries: patterns.optional(),
  images: imagePatterns.optional(),
  /** Resource ids of managed identities, and names of identities that placements offer. */
  identities: patterns.optional(),
  /** Names of volumes that placements offer. */
  volumes: patterns.optional(),
  /** Names of secrets in the key vault. */
  secrets: patterns.optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** The parts of a spec that a policy judges. */
export type PolicedFields = Partial<Pick<JobSpec, 'image' | 'registry' | 'env' | 'identity' | 'volumes'>>;

/** What the policy forbids in the spec. Each problem names the field, its value and what is allowed. */
export function forbidden(spec: PolicedFields, policy: Policy): SpecProblem[] {
  const { image, registry, env, identity, volumes = [] } = spec;
  const problems: SpecProblem[] = [];
  const judge = (pointer: string, what: keyof Policy, value: string | undefined): void => {
    const allowed = policy[what];
    if (value === undefined || allowed === undefined || isAllowed(what, value, allowed)) return;
    const among = allowed.length === 0 ? 'none' : allowed.join(', ');
    problems.push({
      pointer,
      message: `is "${value}", which the policy does not allow; allowed ${what}: ${among}`,
    });
  };

  const reference = image === undefined ? undefined : parseImageReference(image);
  if (image !== undefined && reference === undefined && (policy.images ?? policy.registries) !== undefined) {
    const message = `is "${image}", which is no image reference such as registry/repository:tag, and the policy limits images`;
    problems.push({ pointer: '/image', message });
  }
  judge('/image', 'registries', reference?.registry);
  judge('/image', 'images', reference?.full);
  judge('/registry/server', 'registries', registry?.server);
  judge('/registry/identity', 'identities', registry?.identity);
  judge('/identity', 'identities', identity);
  for (const [index, { name }] of volumes.entries()) judge(`/volumes/${index}/name`, 'volumes', name);
  judge('/registry/passwordRef', 'secrets', registry?.passwordRef);
  for (const [name, value] of Object.entries(env ?? {})) {
    if (typeof value === 'object' && 'secretRef' in value)
      judge(`/env/${name}/secretRef`, 'secrets', value.secretRef);
  }
  return problems;
}

/** What a policy does not allow, in words. */
export function refusedBy(policy: Policy): string[] {
  return (['registries', 'images', 'identities', 'volumes', 'secrets'] as const).flatMap((what) => {
    const allowed = policy[what];
    if (allowed === undefined) return [];
    return [allowed.length === 0 ? `all ${what}` : `${what} other than ${allowed.join(', ')}`];
  });
}

/** Whether a name that a placement gives to an identity or a volume is one that specs may use. */
export function allowsName(policy: Policy, what: 'identities' | 'volumes', name: string): boolean {
  const allowed = policy[what];
  return allowed === undefined || isAllowed(what, name, allowed);
}

/** Whether an image fits one of the patterns; what is no reference fits none. */
export function isImageAmong(image: string, allowed: readonly string[]): boolean {
  const reference = parseImageReference(image);
  return reference !== undefined && isAllowed('images', reference.full, allowed);
}

/** Hosts, resource ids and names of secrets are the same in any case; an image's tag is not. */
function isAllowed(what: keyof Policy, value: string, allowed: readonly string[]): boolean {
  if (what === 'images') return allowed.some((one) => fits(value, one));
  const folded = value.toLowerCase();
  return allowed.some((one) => fits(folded, one.toLowerCase()));
}

/** A pattern without a registry would never fit, because references are compared in full. */
function beginsWithRegistry(text: string): boolean {
  const [first = '', ...rest] = text.split('/');
  if (rest.length === 0) return first.startsWith('*');
  return first.includes('*') || isRegistry(first);
}
