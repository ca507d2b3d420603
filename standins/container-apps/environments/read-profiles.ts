// Reads the workload profiles of an environment's request, and refuses what the service refuses.
import { z } from 'zod';

import { ArmFault } from '../../wire/arm-error';
import type { WorkloadProfile } from './environment-store';
import { profileType } from './profile-types';

const sent = z.array(
  z
    .record(z.string(), z.unknown())
    // The name of a name is read in any case (recorded: `Name`).
    .transform((members) =>
      Object.fromEntries(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value])),
    )
    .pipe(
      z.object({
        name: z.string(),
        workloadprofiletype: z.string(),
        minimumcount: z.number().int().nullish(),
        maximumcount: z.number().int().nullish(),
      }),
    ),
);

/**
 * The longest name of a profile that is taken here. The service refuses `Consumption-GPU-NC8as-T4`, 24 characters, as
 * too long; where its limit lies is not known.
 */
const LONGEST_NAME = 15;

/** The profiles; undefined: the environment is of the kind that has none. Throws 400. */
export function readProfiles(value: unknown): readonly WorkloadProfile[] | undefined {
  if (value === undefined || value === null) return undefined;
  const parsed = sent.safeParse(value);
  if (!parsed.success)
    throw new ArmFault(400, 'InvalidRequestContent', `workloadProfiles: ${z.prettifyError(parsed.error)}`);
  return parsed.data.map(({ name, workloadprofiletype, minimumcount, maximumcount }) => {
    const type = profileType(workloadprofiletype);
    if (!type) {
      throw new ArmFault(
        400,
        'WorkloadProfileTypeNotSupported',
        `Workload profile type '${workloadprofiletype}' of profile '${name}' is not supported.`,
      );
    }
    if (name.length > LONGEST_NAME) {
      throw new ArmFault(
        400,
        'WorkloadProfileInvalidNameTooLong',
        `Workload profile name '${name}' is too long. The maximum length is ${LONGEST_NAME}.`,
      );
    }
    const minimumCount = minimumcount ?? undefined;
    const maximumCount = maximumcount ?? undefined;
    if (type.isConsumption) {
      const property =
        minimumCount !== undefined ? 'MinimumCount' : maximumCount !== undefined ? 'MaximumCount' : undefined;
      if (property !== undefined) throw countNotSupported(property, type.name);
    }
    return {
      name,
      type: type.name,
      ...(minimumCount !== undefined && { minimumCount }),
      ...(maximumCount !== undefined && { maximumCount }),
    };
  });
}

/** The words are reported (terraform-provider-azurerm#31763); the code is not known. */
function countNotSupported(property: string, type: string): ArmFault {
  return new ArmFault(
    400,
    'WorkloadProfilePropertyNotSupported',
    `Workload Profile property '${property}' is not supported for ${type.replaceAll('-', '_')}`,
  );
}
