// The JSON Schema of a native spec for editors: they complete and check a spec while it is written.
import { z } from 'zod';

import { jobSpecSchema } from '../domain/spec/job-spec';

/** Draft 2020-12. Published as `schema/job-spec.schema.json`. */
export function editorSchema(): Record<string, unknown> {
  const { $schema, type, properties, ...rest } = z.toJSONSchema(jobSpecSchema, { io: 'input' });
  return {
    $schema,
    title: 'Job spec of gpu-job-runner',
    description: 'What to run: one container, to its end.',
    type,
    properties: {
      $schema: { type: 'string', description: 'Where an editor finds this schema; no part of the spec.' },
      ...properties,
    },
    ...rest,
  };
}
