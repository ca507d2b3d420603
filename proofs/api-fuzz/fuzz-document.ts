// The API's description as a fuzzer is given it: closed answers, paths that lead somewhere, no waits.
import { z } from 'zod';

import { openApiDocument } from '../../api/openapi/document';
import { OPERATIONS } from '../../api/openapi/operations';
import type { Known } from './some-jobs';

/** A request may ask to wait for up to a minute: that would be all that the fuzz does. */
const WAIT = 'wait';

const parameterSchema = z.looseObject({ name: z.string(), in: z.string(), schema: z.looseObject({}) });
const operationSchema = z.looseObject({ parameters: z.array(parameterSchema) });
const pathsSchema = z.record(z.string(), z.record(z.string(), operationSchema));

/** A field in an answer that is not described counts as a fault. */
export function fuzzDocument(known: Known): object {
  const document = openApiDocument(OPERATIONS, { closed: true });
  const paths = pathsSchema.parse(document.paths);
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path)))
    operation.parameters = operation.parameters
      .filter(({ name }) => name !== WAIT)
      .map((parameter) => narrowed(parameter, known));
  return { ...document, paths };
}

function narrowed(parameter: z.infer<typeof parameterSchema>, known: Known): z.infer<typeof parameterSchema> {
  const names = parameter.in === 'path' ? known[parameter.name] : undefined;
  return names === undefined ? parameter : { ...parameter, schema: { type: 'string', enum: names } };
}
