// The log of a gigabyte in a browser: its end followed, its beginning and middle looked at, and never more of it in the
// page than a few megabytes. What it took is printed.
import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser, CDPSession, Page, Route } from 'playwright-core';

import { counting } from '../end-to-end/support/example-specs';
import { bootTestStack, type TestStack } from '../end-to-end/support/test-stack';
import { hasChromium, launchChromium, openPage } from './support/chromium';

const MIB = 1024 * 1024;
const LOG_BYTES = 1024 * MIB;
/** An answer of the API carries no more. */
const MOST_OF_ANSWER = 4 * MIB;
const LINE_BYTES = 64;
/** What is printed while the page follows: so many answers of a few lines each. */
const NEWS = 30;
const NEWS_LINES = 50;
/** Far more than the page needs with its window of 4 MiB, and far less than the log. */
const MOST_HEAP = 96 * MIB;
const MOST_SERVED = 128 * MIB;

let local: TestStack;
let browser: Browser;
const inChromium = hasChromium ? describe : describe.skip;

beforeAll(async () => {
  if (!hasChromium) return;
  const settings = { GPU_JOBS_EMULATOR_PROVISION_MS: '100', GPU_JOBS_EMULATOR_PULL_MS: '100' };
  [local, browser] = await Promise.all([bootTestStack(settings), launchChromium()]);
}, 120_000);
afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  await local.stop();
});

/** Line `n`, counted from 0: its number tells where it lies. */
function line(n: number): string {
  return `line ${String(n).padStart(12, '0')} of a training run `.padEnd(LINE_BYTES - 1, '.') + '\n';
}

/** The log's bytes from `from` to `to`, whole lines. */
function text(from: number, to: number): Buffer {
  const lines: string[] = [];
  for (let n = from / LINE_BYTES; n < to / LINE_BYTES; n += 1) lines.push(line(n));
  return Buffer.from(lines.join(''));
}

/** Answers as GET /api/jobs/{id}/logs does, of a log that nobody has to store and that grows as it is followed. */
class HugeLog {
  size = LOG_BYTES;
  served = 0;
  answers = 0;
  private news = 0;

  async answer(route: Route): Promise<void> {
    const query = new URL(route.request().url()).searchParams;
    const tail = query.get('tail');
    const from =
      tail === null ? align(Number(query.get('from') ?? 0)) : this.size - Number(tail) * LINE_BYTES;
    if (from >= this.size && this.news < NEWS) {
      this.size += NEWS_LINES * LINE_BYTES;
      this.news += 1;
    }
    const body = text(from, Math.min(this.size, from + MOST_OF_ANSWER));
    this.served += body.length;
    this.answers += 1;
    const isFinal = this.news === NEWS && from + body.length >= this.size;
    await route.fulfill({
      body,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-log-from': String(from),
        'x-log-final': String(isFinal),
        'x-log-gaps': '[]',
      },
    });
  }
}

function align(offset: number): number {
  return Math.floor(offset / LINE_BYTES) * LINE_BYTES;
}

/** Bytes of the page's objects that something still holds. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value;
  if (used === undefined) throw new Error('The browser tells no size of its heap.');
  return used;
}

/** As somebody does: a little up, then down, so that the browser tells of it each time. */
function scrollToEnd(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const log = document.querySelector('.log');
    log.scrollTop -= 40;
    requestAnimationFrame(() => { log.scrollTop = log.scrollHeight; });
  })()`);
}

inChromium('the log of a gigabyte', () => {
  test('is followed at its end and looked at elsewhere, with a few megabytes of it in the page', async () => {
    const id = await local.api.submit(counting(1, 10));
    await local.untilJob(id, ({ outcome }) => outcome === 'Succeeded', 'over');
    const log = new HugeLog();
    const { page, refused } = await openPage(browser);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.route('**/logs?*', (route) => log.answer(route));
    await page.goto(`${local.stack.functionsUrl}/api/dashboard`);
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
    const before = await heapOf(session);

    await page.goto(`${local.stack.functionsUrl}/api/dashboard#/jobs/${id}`);
    await page.getByText('This is the end of the log.', { exact: false }).waitFor();
    const last = LOG_BYTES / LINE_BYTES + NEWS * NEWS_LINES - 1;
    await page.getByText(line(last).trim()).waitFor();
    const followed = { heap: await heapOf(session), read: log.served };

    await page.getByRole('button', { name: 'To its beginning' }).click();
    await page.getByText(line(0).trim()).waitFor();
    for (let step = 0; step < 20; step += 1) {
      const { answers } = log;
      while (log.answers === answers) {
        await scrollToEnd(page);
        await sleep(20);
      }
    }
    const after = await heapOf(session);
    const rows = await page.evaluate('document.querySelectorAll("*").length');

    expect(followed.read).toBeLessThan(MIB);
    expect(Math.max(followed.heap, after)).toBeLessThan(MOST_HEAP);
    expect(log.served).toBeLessThan(MOST_SERVED);
    expect(rows).toBeLessThan(1_000);
    expect(refused).toEqual([]);
    const mb = (bytes: number): string => (bytes / MIB).toFixed(1);
    process.stdout.write(
      `A log of ${mb(log.size)} MiB: the page held ${mb(before)} MiB before, ${mb(followed.heap)} at its end after ` +
        `${NEWS} news (${mb(followed.read)} MiB read), ${mb(after)} after 20 steps from its beginning ` +
        `(${mb(log.served)} MiB served in ${log.answers} answers).\n`,
    );
    await page.context().close();
  }, 180_000);
});
