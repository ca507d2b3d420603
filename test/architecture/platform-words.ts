// What only a backend's folder may know: the words of its platform, and which kind of compute a placement has.
import type { SourceFile } from './rules';

/** Rooms that work alike with every kind of compute. */
const GENERIC = /^(domain|jobs|orchestrations)\//;
/**
 * Names of Azure's that stood in generic code before each backend had a folder, and what else gives a kind of compute
 * away.
 */
const WORDS = [
  'ContainerGroup',
  'V100',
  'StandardCores',
  'resourceGroup',
  '7147',
  'listByResourceGroup',
  'subscriptionId',
  "'aci'",
];

/** A platform's words in generic code, comments included. */
export function platformWords({ path, text }: SourceFile): string[] {
  if (!GENERIC.test(path)) return [];
  return WORDS.filter((word) => text.includes(word)).map(
    (word) => `${path} says ${word}: what a platform calls things belongs into its folder of backends/`,
  );
}

const RIGHT_OF = /(\.backend|\b(backend|kind))\s*[!=]==?\s*['"](aci|kubernetes|container-apps)['"]/;
const LEFT_OF = /['"](aci|kubernetes|container-apps)['"]\s*[!=]==?\s*[\w.]*\b(backend|kind)\b/;
const SWITCH = /\bswitch\s*\([^)]*\.backend\)/;
/** Whether there is one at all, anyone may ask. */
const MEMBER = /\.backend\s*[!=]={1,2}(?!=)(?!\s*undefined)/;

/** Rooms in which the name of a backend may decide anything. */
const KNOWS_KINDS = /^(backends|standins|proofs|test|architecture)\//;

/** Code that asks for the name of a backend, where it should ask for a fact of it. */
export function asksForAKind({ path, text }: SourceFile): string[] {
  if (KNOWS_KINDS.test(path)) return [];
  const asked = [RIGHT_OF, LEFT_OF, SWITCH, MEMBER].some((pattern) => pattern.test(text));
  return asked ? [`${path} asks for the name of a backend: ask its facts (domain/backend) instead`] : [];
}
