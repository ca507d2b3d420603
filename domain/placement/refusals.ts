// Why no placement can hold a job, in words.

/** `refusals`: by placement, why it refuses. */
export function refusalsInWords(refusals: Readonly<Record<string, string>>): string {
  return Object.entries(refusals)
    .map(([placement, why]) => `${placement} ${why}`)
    .join('; ');
}
