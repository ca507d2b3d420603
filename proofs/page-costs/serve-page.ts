// The dashboard and the app's own API over memory, for one browser, with many jobs stored.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

import { PAGE_HEADERS } from '../../functions/dashboard/page-headers';
import { bundleDashboard, type DashboardPage } from '../../packaging/dashboard/page';
import { type AppInMemory, appInMemory } from '../../test/functions/support/app-in-memory';
import { MemoryJobLists } from '../../test/support/memory/memory-job-lists';
import { someJob } from '../list-costs/measure';

export interface ServedPage {
  readonly url: string;
  /** Pages of lists that the API has read: in storage a request each. */
  readonly pagesRead: () => number;
  readonly stop: () => Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export async function servePage(jobs: number): Promise<ServedPage> {
  const page = await bundleDashboard(join(__dirname, '../..'));
  const api = await appInMemory([]);
  const pagesRead = countPages();
  for (let n = 0; n < jobs; n += 1) await api.app.ports.jobs.insert(someJob(n));
  const server = createServer((request, response) => {
    answer(page, api, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${bound.port}/api/dashboard`,
    pagesRead,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Counts in the class itself, because the app makes its own lists. */
function countPages(): () => number {
  let pages = 0;
  const read = Reflect.get(MemoryJobLists.prototype, 'page') as (...given: unknown[]) => unknown;
  Reflect.set(MemoryJobLists.prototype, 'page', function (this: unknown, ...given: unknown[]) {
    pages += 1;
    return read.apply(this, given);
  });
  return () => pages;
}

async function answer(
  page: DashboardPage,
  { call }: AppInMemory,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const name = /^\/api\/dashboard(?:\/(.+))?$/.exec(url.pathname);
  if (name !== null) {
    answerFile(page, name[1] ?? 'index.html', response);
    return;
  }
  const isList = url.pathname === '/api/jobs';
  if (!isList) throw new Error(`The page asked for ${url.pathname}, which is not served here.`);
  const { status, type, body } = await call({
    id: 'listJobs',
    method: 'GET',
    params: {},
    query: Object.fromEntries(url.searchParams),
    headers: {},
  });
  response.writeHead(status, { 'content-type': type }).end(body);
}

function answerFile({ files }: DashboardPage, name: string, response: ServerResponse): void {
  const packed = files[`${name}.gz`];
  if (packed === undefined) return void response.writeHead(404).end();
  const type = TYPES[extname(name)] ?? '';
  response.writeHead(200, { ...PAGE_HEADERS, 'content-type': type, 'content-encoding': 'gzip' }).end(packed);
}
