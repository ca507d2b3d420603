// The page's views of the deployment in a browser: its schedules and its placements.
import type { Browser } from 'playwright-core';

import { counting, nodeProgram } from '../end-to-end/support/example-specs';
import { bootTestStack, type TestStack } from '../end-to-end/support/test-stack';
import { seriousFindings } from './support/accessibility';
import { hasChromium, launchChromium, openPage, tabTo } from './support/chromium';
import { pictureEach } from './support/pictures';

let local: TestStack;
let browser: Browser;
const inChromium = hasChromium ? describe : describe.skip;

beforeAll(async () => {
  if (!hasChromium) return;
  const settings = { GPU_JOBS_EMULATOR_PROVISION_MS: '100', GPU_JOBS_EMULATOR_PULL_MS: '100' };
  [local, browser] = await Promise.all([
    bootTestStack(settings, { kubernetes: true, containerApps: true }),
    launchChromium(),
  ]);
}, 120_000);
afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  await local.stop();
});

function address(hash: string): string {
  return `${local.stack.functionsUrl}/api/dashboard${hash}`;
}

async function send(method: string, path: string, body: unknown = {}): Promise<void> {
  const response = await fetch(`${local.stack.functionsUrl}/api/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

async function jobsOf(schedule: string): Promise<readonly { readonly id: string }[]> {
  return (await local.api.list()).filter((job) => 'schedule' in job && job.schedule === schedule);
}

inChromium('the schedules', () => {
  test('are told with their next fires in both zones and their last outcomes, paused, and run by a question', async () => {
    await send('PUT', 'schedules/nightly', {
      cron: '0 3 * * *',
      timeZone: 'Asia/Tokyo',
      spec: counting(2, 10),
    });
    await send('PUT', 'schedules/weekly', { cron: '30 6 * * 1', spec: nodeProgram('process.exit(3)') });
    const { page, refused } = await openPage(browser, { timezoneId: 'America/New_York' });
    await page.goto(address('#/schedules'));
    const nightly = page.getByRole('region', { name: 'nightly' });
    await nightly.getByText('every day at 03:00').waitFor();
    expect(await nightly.getByRole('columnheader').allInnerTexts()).toEqual([
      'Next fires',
      'Asia/Tokyo',
      'America/New_York (yours)',
    ]);
    expect(await nightly.getByRole('row').count()).toBe(4);
    await nightly
      .getByText(/^\w{3} \d+ \w{3}, 03:00$/)
      .first()
      .waitFor();
    await nightly.getByText('It has made no job yet.').waitFor();

    await page.getByRole('button', { name: 'Run now … (weekly)' }).click();
    await page.getByRole('heading', { name: 'Run weekly now?' }).waitFor();
    await page.getByRole('button', { name: 'No, leave it' }).click();
    expect(await jobsOf('weekly')).toEqual([]);
    await page.getByRole('button', { name: 'Run now … (weekly)' }).click();
    await page.getByRole('button', { name: 'Run it now' }).click();
    await page.getByText('exit code 3', { exact: false }).first().waitFor();
    await page.goto(address('#/schedules'));
    await page.getByRole('img', { name: 'Last 1 jobs: 1 Failed' }).waitFor();

    await page.getByRole('button', { name: 'Pause nightly' }).click();
    await nightly.getByText('‖ paused').waitFor();
    await nightly.getByText('It is paused', { exact: false }).waitFor();
    await pictureEach(page, 'schedules');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Resume nightly' }).click();
    await nightly.getByText('▶ on').waitFor();
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('of which one made no job say why', async () => {
    await send('PUT', 'schedules/refused', { cron: '0 3 * * *', spec: counting(2, 10) });
    const { page, refused } = await openPage(browser);
    await page.route('**/api/schedules', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replaceAll(
        '"next":',
        `"last":${JSON.stringify({
          fireAt: '2026-01-31T03:00:00.000Z',
          at: '2026-01-31T03:00:01.000Z',
          action: 'rejected',
          detail: 'no placement takes <b>it</b>\u202e',
        })},"next":`,
      );
      await route.fulfill({ response, body });
    });
    await page.goto(address('#/schedules'));
    const card = page.getByRole('region', { name: 'refused' });
    await card.getByText('was rejected. no placement takes <b>it</b>\\u202e', { exact: false }).waitFor();
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});

inChromium('the placements', () => {
  test('are told with what is held, free and refused, and drained by the keyboard after a question', async () => {
    const id = await local.api.submit({ ...nodeProgram('setInterval(() => undefined, 1e3)'), name: 'holds' });
    await local.untilJob(id, ({ state }) => state === 'Running', 'running');
    const { page, refused } = await openPage(browser);
    await page.goto(address('#/placements'));
    await page.getByText('Jobs are admitted.').waitFor();
    await page
      .getByText(/^1 of \d+$/)
      .first()
      .waitFor();
    expect(await page.getByRole('region').count()).toBeGreaterThan(2);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await pictureEach(page, 'placements');
    expect(await seriousFindings(page)).toEqual([]);

    await page.locator('main').focus();
    await tabTo(page, 'button: Drain …');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Admit no more jobs?' }).waitFor();
    await tabTo(page, 'button: Drain');
    await page.keyboard.press('Enter');
    await page.getByText('Draining: nothing new is admitted.').waitFor();
    await page.getByRole('button', { name: 'Admit jobs again …' }).click();
    await page.getByRole('button', { name: 'Admit jobs', exact: true }).click();
    await page.getByText('Jobs are admitted.').waitFor();
    await local.api.cancel(id);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('say what lacks there, since when, and when it is tried again', async () => {
    const { page, refused } = await openPage(browser);
    await page.route('**/api/placements', async (route) => {
      const response = await route.fetch();
      const shut = [
        {
          resource: 'T4',
          why: 'capacity',
          since: new Date(Date.now() - 600_000).toISOString(),
          refusals: 4,
          until: new Date(Date.now() + 400_000).toISOString(),
        },
      ];
      const body = (await response.text()).replaceAll(
        '"refuses":',
        `"shut":${JSON.stringify(shut)},"refuses":`,
      );
      await route.fulfill({ response, body });
    });
    await page.goto(address('#/placements'));
    await page
      .getByText(/no capacity: refused 4 times, first 10 min ago; a job tries again in 6 min/)
      .first()
      .waitFor();
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});
