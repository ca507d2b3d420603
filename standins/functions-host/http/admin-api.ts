// The host's own routes under /admin: the list of functions, a run at once, the host's state.
import { z } from 'zod';

import { type Handler, json, type WireRequest, type WireResponse } from '../../wire/handler';
import { HOST_VERSION } from '../app/core-shim';
import type { LoadedFunction } from '../app/function-app';

export interface AdminOptions {
  readonly functions: readonly LoadedFunction[];
  readonly isDisabled: (loaded: LoadedFunction) => boolean;
  /** `api/jobs/{id}`, for functions with an HTTP trigger. */
  readonly routeOf: (loaded: LoadedFunction) => string | undefined;
  /** Prepares a run with that input; undefined for a function that cannot be run this way. */
  readonly begin: (loaded: LoadedFunction, input: string) => (() => void) | undefined;
  /** Milliseconds since the host started. */
  readonly uptime: () => number;
}

const invocation = z.object({ input: z.string().nullish() }).nullable();

/** Follows FunctionsController and HostController. It asks for no keys, as with Core Tools. */
export function createAdminApi(options: AdminOptions): Handler {
  return (request) => {
    const [, , area = '', name = '', rest, more] = request.url.pathname.split('/');
    if (more !== undefined) return { status: 404 };
    if (area === 'host') return host(request, name, options);
    if (area !== 'functions') return { status: 404 };
    if (name === '') {
      if (request.method !== 'GET') return { status: 405 };
      return json(
        200,
        options.functions.map((loaded) => description(loaded, request, options)),
      );
    }
    const loaded = find(options.functions, decodeURIComponent(name));
    if (loaded === undefined) return { status: 404 };
    if (rest === 'status') return request.method === 'GET' ? json(200, {}) : { status: 405 };
    if (rest !== undefined && rest !== '') return { status: 404 };
    if (request.method === 'GET') return json(200, description(loaded, request, options));
    return request.method === 'POST' ? run(loaded, request, options) : { status: 405 };
  };
}

function host(request: WireRequest, name: string, options: AdminOptions): WireResponse {
  if (name === 'ping' && (request.method === 'GET' || request.method === 'POST')) return { status: 200 };
  if (name !== 'status') return { status: 404 };
  if (request.method !== 'GET') return { status: 405 };
  return json(200, {
    id: 'gpu-job-runner-local',
    state: 'Running',
    version: HOST_VERSION,
    versionDetails: `${HOST_VERSION} (local functions host)`,
    processUptime: Math.round(options.uptime()),
    functionAppContentEditingState: 'NotAllowed',
  });
}

function run(loaded: LoadedFunction, request: WireRequest, options: AdminOptions): WireResponse {
  if (!/\bjson\b/i.test(request.headers['content-type'] ?? '')) return { status: 415 };
  let body: z.infer<typeof invocation>;
  try {
    body = invocation.parse(JSON.parse(request.body.toString('utf8')));
  } catch {
    return json(400, { error: 'The body must be JSON with the field "input", a string.' });
  }
  if (body === null) return { status: 400 };
  const begin = options.begin(loaded, body.input ?? '');
  if (begin === undefined)
    return json(400, {
      error: `The local host runs functions with a timer or queue trigger at once; "${loaded.name}" has ${loaded.trigger.type}.`,
    });
  begin();
  return { status: 202 };
}

function find(functions: readonly LoadedFunction[], name: string): LoadedFunction | undefined {
  return functions.find((loaded) => loaded.name.toLowerCase() === name.toLowerCase());
}

/** As FunctionMetadataResponse, without what only files in wwwroot have. */
function description(loaded: LoadedFunction, request: WireRequest, options: AdminOptions): object {
  const { origin } = request.url;
  const route = options.routeOf(loaded);
  return {
    name: loaded.name,
    href: `${origin}/admin/functions/${loaded.name}`,
    invoke_url_template: route === undefined ? null : `${origin}/${route.toLowerCase()}`,
    language: 'node',
    config: { name: loaded.name, language: 'node', bindings: loaded.bindings },
    isDisabled: options.isDisabled(loaded),
    isDirect: false,
    isProxy: false,
  };
}
