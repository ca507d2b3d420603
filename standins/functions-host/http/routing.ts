// Decides which part of the host answers which path.
import type { Handler } from '../../wire/handler';

export interface HostParts {
  readonly admin: Handler;
  /** Undefined when the app has no durable function. */
  readonly durable: Handler | undefined;
  readonly functions: Handler;
}

/** The host's own paths come before the app's routes, as in the real host. */
export function createRouter(parts: HostParts): Handler {
  return async (request) => {
    const path = request.url.pathname.toLowerCase();
    if (path.startsWith('/admin/')) return parts.admin(request);
    if (path.startsWith('/runtime/webhooks/durabletask') || path.startsWith('/durabletask/'))
      return parts.durable === undefined ? { status: 404 } : parts.durable(request);
    if (path === '/' && request.method === 'GET')
      return {
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: 'Your function app is up and running.\n',
      };
    return parts.functions(request);
  };
}
