// What a page of another origin can do to the dashboard and the API in a reader's browser: nothing.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import type { Browser, Page } from 'playwright-core';

import { nodeProgram } from '../end-to-end/support/example-specs';
import { bootTestStack, type TestStack } from '../end-to-end/support/test-stack';
import { hasChromium, launchChromium, openPage } from './support/chromium';

let local: TestStack;
let browser: Browser;
let elsewhere: Server;
const inChromium = hasChromium ? describe : describe.skip;

beforeAll(async () => {
  if (!hasChromium) return;
  elsewhere = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Elsewhere</title><button>Open</button>');
  });
  await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
  [local, browser] = await Promise.all([bootTestStack(), launchChromium()]);
}, 120_000);
afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  elsewhere.closeAllConnections();
  elsewhere.close();
  await local.stop();
});

function api(path: string): string {
  return `${local.stack.functionsUrl}/api/${path}`;
}

/** A page of another site: `localhost` there is not the `127.0.0.1` of the app. */
async function openElsewhere(): Promise<Page> {
  const bound = elsewhere.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  const { page } = await openPage(browser);
  await page.goto(`http://localhost:${bound.port}/`);
  return page;
}

/** A job that would run. */
const SPEC = JSON.stringify(nodeProgram('process.exit(0)'));

inChromium('a page of another origin', () => {
  test('reads nothing by requests, frames, pictures and scripts, and submits nothing', async () => {
    await local.api.submit({ ...nodeProgram('process.exit(0)'), name: 'somebody-elses' });
    const before = (await local.api.list()).length;
    const page = await openElsewhere();
    const fetched = await page.evaluate(`Promise.allSettled([
      fetch('${api('jobs')}'),
      fetch('${api('jobs')}', { mode: 'no-cors' }),
      fetch('${api('dashboard')}', { mode: 'no-cors' }),
      fetch('${api('jobs')}', { method: 'POST', body: ${JSON.stringify(SPEC)} }),
      fetch('${api('jobs')}', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
      fetch('${api('jobs/cancel')}', { method: 'POST', body: '{"all":true}' }),
    ]).then((all) => all.map(({ status, value }) => (status === 'rejected' ? 'refused' : value.type)))`);
    expect(fetched).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'refused']);
    const blind = `fetch('${api('jobs')}', { method: 'POST', body: ${JSON.stringify(SPEC)}, mode: 'no-cors' })`;
    expect(await page.evaluate(`${blind}.then(({ type }) => type)`)).toBe('opaque');

    const included = await page.evaluate(`Promise.all([
      ['img', '${api('jobs')}'], ['script', '${api('jobs')}'], ['script', '${api('openapi.json')}'],
      ['script', '${api('dashboard/app.js')}'], ['img', '${api('health')}'],
    ].map(([name, src]) => new Promise((resolve) => {
      const it = document.createElement(name);
      it.onload = () => resolve('loaded');
      it.onerror = () => resolve('refused');
      it.src = src;
      document.body.append(it);
    })))`);
    expect(included).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);

    for (const path of ['dashboard', 'jobs', 'health']) {
      await page.evaluate(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = resolve;
        frame.src = '${api(path)}';
        document.body.append(frame);
      })`);
      expect(page.frames().map((frame) => frame.url())).not.toContain(api(path));
    }
    expect((await local.api.list()).length).toBe(before);
    await page.context().close();
  }, 120_000);

  test('submits nothing by a form', async () => {
    const before = (await local.api.list()).length;
    const page = await openElsewhere();
    // Of type text/plain the body is name=value: a spec, with the `=` in a label.
    const [name, value] = [SPEC.replace(/\}$/, ',"labels":{"a":"'), '"}}'];
    const [answer] = await Promise.all([
      page.waitForResponse(api('jobs')),
      page.evaluate(`(() => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action: '${api('jobs')}', enctype: 'text/plain' });
        const field = document.createElement('input');
        Object.assign(field, { name: ${JSON.stringify(name)}, value: ${JSON.stringify(value)} });
        form.append(field);
        document.body.append(form);
        form.submit();
      })()`),
    ]);
    expect(answer.status()).toBe(403);
    expect((await local.api.list()).length).toBe(before);
    await page.context().close();
  }, 120_000);

  test('has no hold on the window in which somebody has signed in', async () => {
    const page = await openElsewhere();
    // The local host asks for no key, so the request is answered as Azure's host answers it.
    await page
      .context()
      .route('**/api/jobs*', (route) =>
        route.request().headers()['x-functions-key'] === 'right'
          ? route.continue()
          : route.fulfill({ status: 401 }),
      );
    await page.evaluate(
      `document.querySelector('button').onclick = () => { window.opened = open('${api('dashboard')}'); }`,
    );
    const [dashboard] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open' }).click(),
    ]);
    await dashboard.getByLabel('Function key').fill('right');
    await dashboard.keyboard.press('Enter');
    await dashboard.getByRole('heading', { name: 'Jobs' }).waitFor();
    const tried = await page.evaluate(`[
      () => opened.closed,
      () => opened.length,
      () => opened.document.body.innerText,
      () => opened.postMessage({ cancel: 'all' }, '*'),
      () => { opened.location = 'about:blank#gone'; },
      () => opened.close(),
    ].map((act) => { try { return String(act()); } catch (error) { return error.name; } })`);
    // Closed, as far as this page can see: the policy has cut the two apart.
    expect(tried).toEqual(['true', '0', expect.any(String), 'undefined', 'undefined', 'undefined']);
    expect(tried).not.toContain('Jobs');
    expect(await dashboard.evaluate('window.opener')).toBeNull();
    expect(await dashboard.evaluate('window.name')).toBe('');
    await dashboard.getByRole('heading', { name: 'Jobs' }).waitFor();
    expect(dashboard.url()).toBe(api('dashboard'));
    await page.context().close();
  }, 120_000);
});
