// `npm run page-costs [-- --jobs N]`: what the dashboard's first load takes, and whether a list of N jobs scrolls
// without holding the browser up. It judges nothing.
import { parseArgs } from 'node:util';

import type { Page } from 'playwright-core';
import { z } from 'zod';

import { hasChromium, launchChromium, openPage } from '../../test/browser/support/chromium';
import { type ServedPage, servePage } from './serve-page';

const { values } = parseArgs({ options: { jobs: { type: 'string', default: '10000' } } });

/** A longer task is felt: the browser's own word for it is "long". Milliseconds. */
const LONG_MS = 50;

/** Notes each long task of the page from its beginning. */
const OBSERVER = `window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });`;

async function main(jobs: number): Promise<void> {
  if (!hasChromium) {
    tell('There is no Chromium here: nothing is measured. Install it, or set GPU_JOBS_CHROMIUM.');
    return;
  }
  const [served, browser] = await Promise.all([servePage(jobs), launchChromium()]);
  try {
    const { page } = await openPage(browser);
    await page.addInitScript(OBSERVER);
    await measureLoad(page, served);
    await measureScroll(page, jobs);
  } finally {
    await browser.close();
    await served.stop();
  }
}

async function measureLoad(page: Page, served: ServedPage): Promise<void> {
  const requests = { files: 0, fileBytes: 0, list: 0 };
  page.on('requestfinished', (request) => {
    const isFile = request.url().includes('/api/dashboard');
    if (!isFile) requests.list += 1;
    else
      void request.sizes().then(({ responseBodySize }) => {
        requests.files += 1;
        requests.fileBytes += responseBodySize;
      });
  });
  await page.goto(served.url);
  await page
    .getByRole('checkbox', { name: /^Select j/ })
    .first()
    .waitFor();
  const seen = { requests: requests.list, pages: served.pagesRead() };
  // The counts of all states come one after the other; the last state's is there when nothing is asked for any more.
  await page.waitForLoadState('networkidle');
  tell(`first load           ${requests.files} files, ${requests.fileBytes} bytes of them, compressed`);
  tell(`until jobs are shown ${seen.requests} requests to the API, ${seen.pages} pages of lists read`);
  tell(
    `with all counts      ${requests.list} requests to the API, ${served.pagesRead()} pages of lists read`,
  );
  tell(`long tasks           ${await longTasks(page)}`);
}

/** Scrolls by screens to the end of the list, which loads as it is scrolled to. */
async function measureScroll(page: Page, jobs: number): Promise<void> {
  await page.evaluate('window.longTasks = []');
  const started = performance.now();
  let screens = 0;
  while (!(await isAtEnd(page))) {
    await page.mouse.wheel(0, 800);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    screens += 1;
    if (screens > jobs) throw new Error(`The list has no end after ${screens} screens.`);
  }
  const told = await page.getByRole('status').last().innerText();
  const seconds = Math.round((performance.now() - started) / 1000);
  tell(`scrolled             ${screens} screens in ${seconds} s: ${told}`);
  tell(`long tasks           ${await longTasks(page)}`);
}

/** Nothing more is to come, and the last row is on the screen. */
async function isAtEnd(page: Page): Promise<boolean> {
  return z.boolean().parse(
    await page.evaluate(`!document.body.innerText.includes('scroll for more')
        && document.documentElement.scrollTop + innerHeight >= document.documentElement.scrollHeight - 2`),
  );
}

async function longTasks(page: Page): Promise<string> {
  const tasks = z.array(z.number()).parse(await page.evaluate('window.longTasks'));
  const longest = Math.round(Math.max(0, ...tasks));
  return tasks.length === 0
    ? `none over ${LONG_MS} ms`
    : `${tasks.length} over ${LONG_MS} ms, the longest ${longest} ms`;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(Number(values.jobs)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
