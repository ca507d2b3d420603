// The words by which registries, and whoever pulls from them, say why an image does not come.

/** A registry that has trouble of its own, or limits pulls. */
export const REGISTRY_IN_TROUBLE =
  /^RegistryUnavailable|toomanyrequests|too many requests|rate limit|\b(429|50[0234])\b/i;

/** These credentials may not pull it. */
export const NO_RIGHT_TO_PULL =
  /\b40[13]\b|unauthorized|denied|forbidden|authentication required|authorization failed/i;

/** There is no such image, or none for such a machine. */
export const NO_SUCH_IMAGE = /not found|manifest unknown|does not exist|no match for platform/i;

const QUOTED = /"[^"]*"/g;
const REFERENCE = /\b[\w.-]+(:\d+)?(\/[\w.-]+)+(:[\w.-]+)?/g;

/** The text without names of images, which may hold any of the words that are looked for. */
export function withoutImageNames(text: string): string {
  return text.replaceAll(QUOTED, '""').replaceAll(REFERENCE, '…');
}
