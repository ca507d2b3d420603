// What a handler of a route begins with: its query, or the answer that says what is wrong with it.
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { z } from 'zod';

import { readQuery } from './read-query';

/** Calls `handler` with a query that is what `shape` says; answers in its place where it is not. */
export function withQuery<Shape extends z.ZodRawShape>(
  shape: z.ZodObject<Shape>,
  handler: (
    request: HttpRequest,
    context: InvocationContext,
    query: z.infer<z.ZodObject<Shape>>,
  ) => HttpResponseInit | Promise<HttpResponseInit>,
): HttpHandler {
  return (request, context) => {
    const read = readQuery(request, shape);
    return read.ok ? handler(request, context, read.query) : read.problem;
  };
}
