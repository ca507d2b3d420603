// A headless Chromium, where this machine has one, and pages in it that note what their policy refuses.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { z } from 'zod';

/** Debian's package, or what the variable names. */
const PROGRAM = process.env['GPU_JOBS_CHROMIUM'] ?? '/usr/bin/chromium';

export const hasChromium = existsSync(PROGRAM);

/** Far more than anything here takes on a busy machine, milliseconds. */
const PATIENCE_MS = 40_000;

export function launchChromium(): Promise<Browser> {
  // Root, which a container's only user often is, has no sandbox; what is loaded comes from this machine alone.
  return chromium.launch({ executablePath: PROGRAM, args: ['--no-sandbox', '--disable-gpu'] });
}

export interface WatchedPage {
  readonly page: Page;
  /** What the content policy refused, and what the script threw. */
  readonly refused: readonly string[];
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const refused: string[] = [];
  await page.exposeFunction('tellRefused', (what: string) => refused.push(what));
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    window.tellRefused(event.violatedDirective + ' ' + event.blockedURI))`);
  page.on('pageerror', ({ message }) => refused.push(message));
  page.on('dialog', (dialog) => {
    refused.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, refused };
}

const IN_FOCUS = `(() => {
  const { activeElement: it } = document;
  const labelled = (it.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
  const name = it.getAttribute('aria-label') ?? (labelled.join(' ').trim() || it.labels?.[0]?.textContent || it.textContent);
  return (it.getAttribute('role') ?? it.tagName.toLowerCase()) + ': ' + name.replace(/\\s+/g, ' ').trim().slice(0, 40);
})()`;

/** What has the focus: its role or element, and its name. */
async function inFocus(page: Page): Promise<string> {
  return z.string().parse(await page.evaluate(IN_FOCUS));
}

/** Presses Tab until `last` has the focus; tells everything that had it on the way. */
export async function tabTo(page: Page, last: string, most = 60): Promise<readonly string[]> {
  const order: string[] = [];
  while (order.at(-1) !== last) {
    if (order.length === most) throw new Error(`Tab does not lead to "${last}": ${order.join(' | ')}`);
    await page.keyboard.press('Tab');
    order.push(await inFocus(page));
  }
  return order;
}

/** Pictures go to the folder that the variable GPU_JOBS_PICTURES names, if to any. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['GPU_JOBS_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
}
