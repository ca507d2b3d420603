// Answers with a container's log, as much as the service still has of it.
import { z } from 'zod';

import { ArmFault } from '../wire/arm-error';
import { json } from '../wire/handler';
import type { Action } from './context';
import { findGroup } from './groups/groups-api';

const querySchema = z.object({
  tail: z.coerce.number().int().min(0).optional(),
  timestamps: z
    .string()
    .transform((text) => text.toLowerCase() === 'true')
    .optional(),
});

export const listLogs: Action = (context, { url }, match) => {
  const group = findGroup(context, match);
  const container = match.param('container');
  const query = querySchema.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) {
    throw new ArmFault(
      400,
      'InvalidQueryParameter',
      `The query parameter 'tail' is not a number of lines: '${url.search}'.`,
    );
  }
  const { tail, timestamps } = query.data;
  const life = group.runner.life();
  if (life.deployment === 'Pending') {
    throw new ArmFault(409, 'ContainerGroupDeploymentNotReady', 'The container group is not ready.');
  }
  const log = group.runner.log(container);
  if (!log) {
    throw new ArmFault(
      404,
      'ContainerLogNotAvailable',
      `Log of container '${container}' in container group '${group.place.name}' is not available yet. Please check container 'InstanceView' for more information or retry later.`,
    );
  }
  return json(200, {
    content: log.read({
      ...(tail !== undefined && { tail }),
      ...(timestamps !== undefined && { timestamps }),
    }),
  });
};
