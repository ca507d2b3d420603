// The API's description as the fuzzer gets it: answers admit no extra fields, paths lead to things that exist, and no
// request waits.
import { z } from 'zod';

import { openApiDocument } from '../../api/openapi/document';
import { OPERATIONS } from '../../api/openapi/operations';
import type { Known } from './some-jobs';

/** The parameter by which a request asks to wait, up to a minute. With it the fuzz would do little else than wait. */
const WAIT = 'wait';

const parameterSchema = z.looseObject({ name: z.string(), in: z.string(), schema: z.looseObject({}) });
const operationSchema = z.looseObject({ parameters: z.array(parameterSchema) });
const pathsSchema = z.record(z.string(), z.record(z.string(), operationSchema));

/** Changes the description so that a field in an answer that it does not describe counts as a fault. */
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
