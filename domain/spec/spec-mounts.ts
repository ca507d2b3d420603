// What a spec mounts into its container: volumes of the placement, scratch, outputs and checkpoints.
import { z } from 'zod';

import { isWithin, mountPath } from './container-path';
import { resourceName } from './resource-name';

const MOST_VOLUMES = 16;
const MOST_SCRATCH = 8;

/** The members of a spec that mount something. */
export const mountMembers = {
  volumes: z
    .array(
      z.strictObject({
        name: resourceName,
        path: mountPath,
        readOnly: z.boolean().optional(),
      }),
    )
    .max(MOST_VOLUMES)
    .optional()
    .describe('Volumes to mount, by the names that the placement offers.'),
  scratch: z
    .array(
      z.strictObject({
        path: mountPath,
        sizeGb: z.number().min(0.001).max(10_000).optional().describe('The most that it may hold, GB.'),
        memory: z
          .boolean()
          .optional()
          .describe("In memory, which counts as the program's, as for /dev/shm; default: on a disk."),
      }),
    )
    .max(MOST_SCRATCH)
    .optional()
    .describe('Folders that are empty at the start and gone with the workload.'),
  outputs: z
    .strictObject({ path: mountPath })
    .optional()
    .describe(
      'Where the program writes what is to outlive it. A placement without a volume for outputs tells it an address to upload to instead.',
    ),
  checkpoints: z
    .strictObject({ path: mountPath })
    .optional()
    .describe('Where the program writes what a later attempt goes on from.'),
};

export type SpecMounts = z.infer<z.ZodObject<typeof mountMembers>>;

interface Place {
  /** JSON pointer of the path in the spec. */
  readonly pointer: string;
  readonly path: string;
}

/** A problem for each path that is another's, or lies in it: one mount would hide the other. */
export function mountConflicts(spec: SpecMounts): { pointer: string; message: string }[] {
  const places = placesOf(spec);
  return places.flatMap(({ pointer, path }, index) => {
    const other = places.find(
      (one, at) => at !== index && isWithin(path, one.path) && (path !== one.path || at < index),
    );
    if (other === undefined) return [];
    const how = path === other.path ? 'is the path of' : `lies in "${other.path}", the path of`;
    const what = other.pointer.replace(/\/path$/, '');
    return [
      { pointer, message: `is "${path}", which ${how} ${what}; no two mounts may be at or in one path` },
    ];
  });
}

function placesOf({ volumes = [], scratch = [], outputs, checkpoints }: SpecMounts): Place[] {
  return [
    ...volumes.map(({ path }, index) => ({ pointer: `/volumes/${index}/path`, path })),
    ...scratch.map(({ path }, index) => ({ pointer: `/scratch/${index}/path`, path })),
    ...(outputs === undefined ? [] : [{ pointer: '/outputs/path', path: outputs.path }]),
    ...(checkpoints === undefined ? [] : [{ pointer: '/checkpoints/path', path: checkpoints.path }]),
  ];
}
