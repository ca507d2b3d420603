// GET /api/dashboard and the files that it names: the page, which asks for no key and holds no data.
import { join } from 'node:path';

import { app, type HttpHandler, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { problem } from '../answers/problem';
import { NO_PARAMETERS } from '../answers/read-query';
import { withQuery } from '../answers/with-query';
import { createPageFiles, type PageFiles } from '../dashboard/page-files';
import { PAGE_HEADERS } from '../dashboard/page-headers';

/** The build puts the page there, and the package has it there, too (packaging/dashboard/). */
const FOLDER = join(__dirname, 'dashboard');

const PAGE = 'index.html';
const NOT_MODIFIED = 304;

export function registerDashboard(): void {
  const handler = dashboardHandler(createPageFiles(FOLDER));
  app.http('dashboard', { methods: ['GET'], authLevel: 'anonymous', route: 'dashboard', handler });
  app.http('dashboardFile', { methods: ['GET'], authLevel: 'anonymous', route: 'dashboard/{file}', handler });
}

export function dashboardHandler(files: PageFiles): HttpHandler {
  return withQuery(NO_PARAMETERS, (request) => page(files, request, request.params['file'] ?? PAGE));
}

async function page(files: PageFiles, request: HttpRequest, name: string): Promise<HttpResponseInit> {
  const isPacked = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  const file = await files.read(name, isPacked);
  if (file === undefined) return problem(404, 'No such file', `The dashboard has no file ${name}.`);
  const headers = { ...PAGE_HEADERS, etag: file.etag, vary: 'accept-encoding' };
  if (request.headers.get('if-none-match') === file.etag) return { status: NOT_MODIFIED, headers };
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.type,
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    },
    body: file.bytes,
  };
}
