// The dashboard's page in a browser, on a whole stack: what people do with it, and what nobody can have it do.
import type { Browser, Page } from 'playwright-core';

import { counting, nodeProgram } from '../end-to-end/support/example-specs';
import { bootTestStack, type TestStack } from '../end-to-end/support/test-stack';
import { seriousFindings } from './support/accessibility';
import { hasChromium, launchChromium, openPage, tabTo, takePicture } from './support/chromium';

/** Runs until it is ended. */
const ENDLESS = nodeProgram(
  'let n = 0; setInterval(() => console.log(`\\u001b[32mstep ${++n}\\u001b[0m loss \\u001b[1m${(2 / n).toFixed(4)}\\u001b[0m`), 200)',
);

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

function address(hash = ''): string {
  return `${local.stack.functionsUrl}/api/dashboard${hash}`;
}

/** The log's rows that are in the document. */
async function logText(page: Page): Promise<string> {
  return page.getByRole('region', { name: /^Log of attempt/ }).innerText();
}

inChromium('the page', () => {
  test('shows a job from its submission to its removal, with its log as it grows, and cancels it', async () => {
    const { page, refused } = await openPage(browser);
    await page.goto(address());
    await page.getByText('There are no jobs yet.').waitFor();
    const id = await local.api.submit({ ...ENDLESS, name: 'train', labels: { team: 'vision' } });
    await page.getByRole('link', { name: 'train' }).click();
    await page.getByText('step 3', { exact: false }).first().waitFor();
    await page.getByRole('heading', { name: 'train' }).waitFor();
    expect(page.url()).toBe(address(`#/jobs/${id}`));
    expect(await seriousFindings(page)).toEqual([]);
    await takePicture(page, 'dashboard-job');
    await page.getByRole('button', { name: 'Cancel …' }).click();
    await page.getByRole('button', { name: 'Cancel the job' }).click();
    await page.getByText('Canceled').first().waitFor();
    await page.getByText('The platform says that nothing of it exists.').waitFor();
    expect((await local.api.get(id)).outcome).toBe('Canceled');
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('does the same by the keyboard alone', async () => {
    const { page, refused } = await openPage(browser);
    const id = await local.api.submit({ ...ENDLESS, name: 'by-keyboard' });
    await page.goto(address());
    await page.getByRole('link', { name: 'by-keyboard' }).waitFor();
    const toJob = await tabTo(page, 'a: by-keyboard');
    expect(toJob.filter((name) => !name.startsWith('button: '))).toEqual([
      'a: Skip to the content',
      'a: Jobs',
      'a: Submit',
      'a: Schedules',
      'a: Placements',
      'a: Plots',
      'summary: More filters',
      'input: Select all jobs that are shown',
      'input: Select by-keyboard',
      'a: by-keyboard',
    ]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'by-keyboard' }).waitFor();
    expect(await tabTo(page, 'button: Cancel …')).toEqual(['a: ← Jobs', 'button: Cancel …']);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, 'button: Cancel the job');
    await page.keyboard.press('Enter');
    await local.untilJob(id, ({ outcome }) => outcome === 'Canceled', 'canceled');
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('cancels the jobs that are chosen in the list, after a question, and no other', async () => {
    const { page, refused } = await openPage(browser);
    const [first, second, third] = await Promise.all(
      ['first', 'second', 'third'].map((name) =>
        local.api.submit({ ...ENDLESS, name, labels: { of: 'three' } }),
      ),
    );
    await page.goto(address());
    await page.getByRole('checkbox', { name: 'Select first' }).check();
    await page.getByRole('checkbox', { name: 'Select third' }).check();
    await page.getByText('2 jobs chosen.').waitFor();
    expect(await page.getByRole('button', { name: 'Submit 0 again …' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Cancel 2 …' }).click();
    await page.getByRole('heading', { name: 'Cancel 2 jobs?' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel them' }).click();
    await page.getByText('2 jobs asked to end.').waitFor();
    for (const id of [first ?? '', third ?? ''])
      await local.untilJob(id, ({ outcome }) => outcome === 'Canceled', 'canceled');
    expect((await local.api.get(second ?? '')).outcome).toBeUndefined();
    await page.getByRole('checkbox', { name: 'Select first' }).check();
    await page.getByRole('button', { name: 'Submit 1 again …' }).click();
    await page.getByRole('button', { name: 'Submit them again' }).click();
    await page.getByText('1 job submitted again.').waitFor();
    expect(refused).toEqual([]);
    await takePicture(page, 'dashboard-chosen');
    await page.context().close();
  }, 120_000);

  test('keeps filters in its address, and shows the list to phones and in the dark', async () => {
    const { page, refused } = await openPage(browser, { colorScheme: 'dark' });
    const id = await local.api.submit({ ...nodeProgram('process.exit(3)'), name: 'fails' });
    await local.untilJob(id, ({ outcome }) => outcome === 'Failed', 'failed');
    await page.goto(address());
    await page.getByRole('button', { name: 'Failed' }).click();
    await page.getByText('1 job.').waitFor();
    expect(page.url()).toBe(address('#/jobs?state=Failed'));
    await page.reload();
    await page.getByText('1 job.').waitFor();
    await page.getByText('exit code 3').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takePicture(page, 'dashboard-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await takePicture(page, 'dashboard-phone');
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('asks for a key where the host does, and keeps it in its memory alone', async () => {
    const { page, refused } = await openPage(browser);
    // The local host asks for no key, so the request is answered as Azure's host answers it.
    await page.route('**/api/jobs*', (route) =>
      route.request().headers()['x-functions-key'] === 'right'
        ? route.continue()
        : route.fulfill({ status: 401 }),
    );
    await page.goto(address());
    await page.getByLabel('Function key').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The app does not take this key.', { exact: false }).waitFor();
    await page.getByLabel('Function key').fill('right');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
    const kept = await page.evaluate(
      'JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }, document.cookie])',
    );
    expect(kept).not.toContain('right');
    await page.reload();
    await page.getByLabel('Function key').waitFor();
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('marks a gap of a log where it is', async () => {
    const { page } = await openPage(browser);
    const id = await local.api.submit(counting(3, 50));
    await local.untilJob(id, ({ outcome }) => outcome === 'Succeeded', 'over');
    const gap = { at: 19, kind: 'missing', missingBytes: 7, why: 'the window had moved on' };
    await page.route('**/logs*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'x-log-gaps': JSON.stringify([gap]) },
      });
    });
    await page.goto(address(`#/jobs/${id}`));
    await page.getByRole('note').waitFor();
    expect((await logText(page)).split('\n').filter((line) => line !== '')).toEqual([
      'line 1 of 3 äöü',
      '⚠ Something may be missing here (7 bytes): the window had moved on',
      'line 2 of 3 äöü',
      'line 3 of 3 äöü',
    ]);
    await page.context().close();
  }, 120_000);
});

inChromium('nobody', () => {
  test('has the page do anything by what a job is called, or what it prints', async () => {
    const { page, refused } = await openPage(browser);
    const evil = '<img src=x onerror=alert(1)>';
    const printed = `\u001b]8;;https://evil.example\u0007a link\u001b]8;;\u0007 <script>alert(1)</script>${evil}\r\n\u202eabc\u0000 10%\r100%\n`;
    const source = `process.stdout.write(${JSON.stringify(printed)} + 'x'.repeat(1e6) + '\\nend\\n'); setInterval(() => undefined, 1000)`;
    const labels = { evil: `"${evil}` };
    const id = await local.api.submit({ ...nodeProgram(source), name: `${evil}\u202egnp`, labels });
    await page.goto(address());
    await page.getByText('<img', { exact: false }).first().waitFor();
    await page.goto(address(`#/jobs/${id}`));
    await page.getByText('end', { exact: true }).waitFor();
    expect((await logText(page)).length).toBeLessThan(100_000);
    await page.getByRole('button', { name: 'To its beginning' }).click();
    await page.getByText('a link <script>alert(1)</script>', { exact: false }).waitFor();
    expect(await logText(page)).toContain('100%');
    const made = await page.evaluate(
      `document.querySelectorAll('img, iframe, main script, a[href*="evil"]').length + document.title`,
    );
    expect(made).toBe('0Job · GPU jobs');
    await local.api.cancel(id);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('runs a script that stands in the page: the policy refuses it and says so', async () => {
    const { page, refused } = await openPage(browser);
    await page.route('**/api/dashboard', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('</body>', '<script>window.owned = true</script></body>');
      await route.fulfill({ response, body });
    });
    await page.goto(address());
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(refused).toEqual(['script-src-elem inline']);
    await page.context().close();
  }, 120_000);
});
