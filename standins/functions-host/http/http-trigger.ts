// The functions that answer HTTP: their routes, and a handler that finds the right one and runs it.
import { z } from 'zod';

import type { Handler } from '../../wire/handler';
import type { LoadedFunction } from '../app/function-app';
import type { FunctionRunner } from '../app/function-runner';
import { httpRequestData } from './http-request';
import { wireResponse } from './http-response';
import { matchRoute, parseRoute, type Route } from './route';

const httpBinding = z.looseObject({
  route: z.string().optional(),
  methods: z.array(z.string().toUpperCase()).optional(),
});

export interface HttpFunction {
  readonly loaded: LoadedFunction;
  readonly route: Route;
  /** Upper case; undefined: any. */
  readonly methods: readonly string[] | undefined;
}

/**
 * The app's HTTP functions with their parsed routes, in the order in which the real host tries them: by name, not by
 * how specific the route is. Throws for a route that cannot be served.
 */
export function httpFunctions(
  functions: readonly LoadedFunction[],
  routePrefix: string,
): readonly HttpFunction[] {
  return functions
    .filter(({ trigger }) => trigger.type.toLowerCase() === 'httptrigger')
    .sort((a, b) => byNameIgnoringCase(a.name, b.name))
    .map((loaded) => {
      const { route, methods } = httpBinding.parse(loaded.trigger);
      const template = [routePrefix, route === undefined || route === '' ? loaded.name : route]
        .filter((part) => part !== '')
        .join('/');
      return { loaded, route: parseRoute(template), methods };
    });
}

/**
 * Answers 404 if no function has both the route and the method: the real host makes the method a part of the route, so
 * there is no 405. Answers 500 without a body if the function fails.
 */
export function createHttpTrigger(functions: readonly HttpFunction[], runner: FunctionRunner): Handler {
  return async (request) => {
    for (const { loaded, route, methods } of functions) {
      if (methods !== undefined && !methods.includes(request.method)) continue;
      const parameters = matchRoute(route, request.url.pathname);
      if (parameters === undefined) continue;
      const result = await runner.run(loaded, httpRequestData(request, parameters));
      return result.status === 'success' ? wireResponse(result.returnValue) : { status: 500 };
    }
    return { status: 404 };
  };
}

function byNameIgnoringCase(a: string, b: string): number {
  const [left, right] = [a.toUpperCase(), b.toUpperCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}
