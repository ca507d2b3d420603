// What a placement offers by name: identities, volumes, and where outputs and checkpoints are kept.
import { z } from 'zod';

import { imagePatterns } from '../spec/policy';
import { resourceName } from '../spec/resource-name';
import { shareSchema } from './share';

/** What every identity has; a backend adds which one it is. */
export const identityEntry = z.strictObject({
  /** Who may be it: jobs whose image fits one of these. Left out: every job. */
  images: imagePatterns.optional(),
});

/** What every volume has; a backend adds which one it is. */
export const volumeEntry = z.strictObject({
  /** Who may mount it: jobs whose image fits one of these. Left out: every job. */
  images: imagePatterns.optional(),
  /** No job writes to it, whatever its spec asks for. */
  readOnly: z.boolean().optional(),
  share: shareSchema.optional(),
});

const onVolume = z.strictObject({ volume: resourceName });
/** The placement takes no spec with outputs. */
const NO_OUTPUTS = 'none';

/** Both members of one backend, by the entries that it has. */
export function namedResources<Identity extends z.ZodType, Volume extends z.ZodType>(
  identity: Identity,
  volume: Volume,
): {
  identities: z.ZodOptional<z.ZodRecord<typeof resourceName, Identity>>;
  volumes: z.ZodOptional<z.ZodRecord<typeof resourceName, Volume>>;
} {
  return {
    identities: z.record(resourceName, identity).optional(),
    volumes: z.record(resourceName, volume).optional(),
  };
}

/** The members of every placement. */
export const namedResourceMembers = {
  ...namedResources(identityEntry, volumeEntry),
  /** Where outputs are kept; left out: in blob containers, to which programs upload them. */
  outputs: z.union([z.literal(NO_OUTPUTS), onVolume]).optional(),
  /** Where checkpoints are kept; left out: where outputs are. */
  checkpoints: onVolume.optional(),
};

export type NamedResources = z.infer<z.ZodObject<typeof namedResourceMembers>>;

/** For the schemas of backends: outputs and checkpoints need a volume of the placement that the app can read, too. */
export function refuseUnkept({ value, issues }: z.core.ParsePayload<NamedResources>): void {
  const { outputs, checkpoints } = value;
  const named = { outputs: outputs === NO_OUTPUTS ? undefined : outputs, checkpoints };
  for (const [member, kept] of Object.entries(named)) {
    const name = kept?.volume;
    const message = name === undefined ? undefined : unfit(name, value);
    if (message !== undefined)
      issues.push({ code: 'custom', input: name, path: [member, 'volume'], message });
  }
}

function unfit(name: string, { volumes = {} }: NamedResources): string | undefined {
  const volume = Object.hasOwn(volumes, name) ? volumes[name] : undefined;
  if (volume === undefined)
    return `is "${name}", must be one of the placement's volumes: ${Object.keys(volumes).join(', ') || 'it has none'}`;
  if (volume.readOnly === true) return `is "${name}", which is "readOnly": no job could write there`;
  if (volume.share === undefined)
    return `is "${name}", which has no "share": the app could not read what jobs write there`;
  return undefined;
}
