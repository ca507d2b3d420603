import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { HttpRequest, InvocationContext } from '@azure/functions';
import { z } from 'zod';

import { createPageFiles } from '../../../functions/dashboard/page-files';
import { dashboardHandler } from '../../../functions/http/dashboard';
import { bundleDashboard, type DashboardPage } from '../../../packaging/dashboard/page';
import { writeFolder } from '../../../packaging/write-folder';

const answerSchema = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.instanceof(Uint8Array).optional().catch(undefined),
});

const ROOT = resolve(__dirname, '../../..');
const MOST_PACKED_BYTES = 100_000;

let folder: string;
let page: DashboardPage;
let handler: ReturnType<typeof dashboardHandler>;
beforeAll(async () => {
  page = await bundleDashboard(ROOT);
  folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-page-'));
  await writeFolder(folder, page.files);
  handler = dashboardHandler(createPageFiles(folder));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function ask(file?: string, headers: Record<string, string> = {}) {
  const request = new HttpRequest({
    method: 'GET',
    url: 'http://localhost/api/dashboard',
    params: file === undefined ? {} : { file },
    headers,
  });
  return answerSchema.parse(await handler(request, new InvocationContext({})));
}

describe('the page', () => {
  test('is served with a policy that runs nothing but its own script', async () => {
    const { headers, status } = await ask();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  test('has its files, compressed for who takes that', async () => {
    const plain = await ask('app.js');
    const packed = await ask('app.js', { 'accept-encoding': 'gzip, br' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body ?? Buffer.of()).equals(Buffer.from(plain.body ?? []))).toBe(true);
  });

  test('is not sent again to who has it', async () => {
    const { headers } = await ask('app.css');
    expect(await ask('app.css', { 'if-none-match': headers['etag'] ?? '' })).toMatchObject({ status: 304 });
    expect((await ask('app.css', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test.each(['../index.js', '..%2Findex.js', 'app.js.gz', 'nothing.js', '', 'app'])(
    'has no file %j',
    async (file) => {
      expect((await ask(file)).status).toBe(404);
    },
  );

  test('weighs less than 100 KB in all, and holds no schema', () => {
    const packed = Object.entries(page.files).filter(([name]) => name.endsWith('.gz'));
    expect(packed.reduce((sum, [, bytes]) => sum + bytes.length, 0)).toBeLessThan(MOST_PACKED_BYTES);
    expect(Object.keys(page.metafile.inputs).filter((path) => path.includes('node_modules/zod'))).toEqual([]);
  });

  test('has no script and no style in its markup', () => {
    const html = Buffer.from(page.files['index.html'] ?? []).toString();
    expect(html).not.toMatch(/<style|\bstyle=|\bon\w+=|<script(?![^>]*\bsrc=)/);
  });
});
