// More of a job's page in a browser (its outputs, its group, its events), the plots, and the README's picture.
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Browser } from 'playwright-core';

import { MOST_PAGES } from '../../dashboard/plots/read-jobs';
import type { JobSummary } from '../../domain/lists/job-summary';
import { counting, nodeProgram } from '../end-to-end/support/example-specs';
import { bootTestStack, isOverAndGone, type TestStack } from '../end-to-end/support/test-stack';
import { testJobId } from '../support/rows';
import { seriousFindings } from './support/accessibility';
import { hasChromium, launchChromium, openPage, tabTo } from './support/chromium';
import { pictureEach } from './support/pictures';

const ROOT = resolve(__dirname, '../..');
const PICTURE = 'docs/pictures/dashboard.png';
const MOST_PICTURE_BYTES = 200_000;
const HOUR = 3_600_000;

let local: TestStack;
let browser: Browser;
const inChromium = hasChromium ? describe : describe.skip;

beforeAll(async () => {
  if (!hasChromium) return;
  const settings = { GPU_JOBS_EMULATOR_PROVISION_MS: '900', GPU_JOBS_EMULATOR_PULL_MS: '700' };
  [local, browser] = await Promise.all([bootTestStack(settings), launchChromium()]);
}, 120_000);
afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  await local.stop();
});

function address(hash: string): string {
  return `${local.stack.functionsUrl}/api/dashboard${hash}`;
}

inChromium('the page of a job', () => {
  test('lists its outputs and makes a file of one, lists its events, and asks without a key in any address', async () => {
    const write = `const { mkdirSync, writeFileSync } = require('node:fs');
      const folder = process.env.GPU_JOBS_OUTPUT_DIR;
      mkdirSync(folder + '/model');
      writeFileSync(folder + '/model/weights.bin', 'w'.repeat(9e6) + 'end');
      writeFileSync(folder + '/empty', '');`;
    const spec = { ...nodeProgram(write), outputs: { path: '/outputs' }, name: 'leaves-files' };
    const id = await local.api.submit(spec);
    await local.untilJob(id, isOverAndGone, 'gone');
    const { page, refused } = await openPage(browser, { acceptDownloads: true });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    // Without it the browser asks nobody where to, and the pieces go through its memory.
    await page.addInitScript('delete window.showSaveFilePicker');
    await page.goto(address(`#/jobs/${id}`));
    await page.getByText('Outputs: 2 files, 9,000,003 bytes').click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download model/weights.bin' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('weights.bin');
    const content = await readFile(await download.path(), 'latin1');
    expect([content.length, content.slice(-6)]).toEqual([9_000_003, 'wwwend']);
    const second = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download empty' }).click();
    expect((await stat(await (await second).path())).size).toBe(0);
    await page.getByText(/^\d+ events$/).click();
    await page.getByText('gone: nothing of it exists', { exact: false }).waitFor();
    await page.getByText('outputs listed: 2 files', { exact: false }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(asked.filter((url) => url.includes('code='))).toEqual([]);
    await pictureEach(page, 'job-outputs');
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('tells which member of an array it is, and leads to the others', async () => {
    const group = await local.api.submit({ ...counting(1, 10), name: 'sweep', array: { indexes: '0-2' } });
    const { page, refused } = await openPage(browser);
    await page.goto(address(`#/jobs?group=${group}`));
    await page.getByText('3 jobs.').waitFor();
    await page.getByRole('link', { name: 'sweep' }).nth(1).click();
    await page.getByText('Member 1 of sweep, which has 3 members.').waitFor();
    await page.getByRole('link', { name: /^Succeeded 3$/ }).click();
    await page.getByText('3 jobs.').waitFor();
    expect(page.url()).toBe(address(`#/jobs?group=${group}&state=Succeeded`));
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});

/** Submitted over the last week, by a rule: the same each time but for the day. */
function manyJobs(now: number): JobSummary[] {
  return Array.from({ length: 400 }, (_, index) => {
    const created = now - index * 0.4 * HOUR;
    const ended = [6, 13].includes(index % 17) ? 'Failed' : index % 29 === 5 ? 'TimedOut' : 'Succeeded';
    const gpuSeconds = 1_800 + ((index * 7919) % 7_200);
    return {
      id: testJobId(index),
      name: `train-${index}`,
      state: ended,
      outcome: ended,
      cleanup: 'gone',
      attempt: 1,
      placement: ['apps-west', 'aks-pool', 'eastus'][index % 3],
      labels: { team: ['vision', 'speech', 'search', 'ads'][(index * 5) % 4] ?? '' },
      createdAt: new Date(created).toISOString(),
      endedAt: new Date(created + HOUR).toISOString(),
      usage: {
        startedAt: new Date(created + 20_000 + ((index * 104_729) % 600_000)).toISOString(),
        runSeconds: gpuSeconds,
        gpuSeconds,
        cost: { currency: 'USD', amount: (gpuSeconds / 3_600) * 2.48 },
      },
    } satisfies JobSummary;
  });
}

inChromium('the plots', () => {
  test('sum what jobs used, and have their code loaded only then', async () => {
    const ids = await Promise.all(
      ['vision', 'speech'].map((team) => local.api.submit({ ...counting(2, 20), labels: { team } })),
    );
    for (const id of ids) await local.untilJob(id, isOverAndGone, 'gone');
    const { page, refused } = await openPage(browser);
    const scripts: string[] = [];
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await page.goto(address(''));
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
    const before = scripts.length;
    await page.getByRole('link', { name: 'Plots' }).click();
    await page.getByText(/^All \d+ jobs submitted in the last 7 days/).waitFor();
    expect(scripts.length).toBeGreaterThan(before);
    await page.getByRole('img', { name: /^Outcomes: \d+ jobs in all/ }).waitFor();
    await page.getByRole('img', { name: /^Run time: .* at most/ }).waitFor();
    await page.getByRole('combobox').nth(1).selectOption('label:team');
    await page.getByRole('heading', { name: 'GPU hours by label team' }).waitFor();
    expect(page.url()).toBe(address('#/plots?period=7d&by=label%3Ateam'));
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('are read by the keyboard as tables, and please in light, in the dark and on a phone', async () => {
    const { page, refused } = await openPage(browser);
    const jobs = manyJobs(Date.now());
    await page.route('**/api/jobs?*', (route) => route.fulfill({ json: { jobs } }));
    await page.goto(address('#/plots?by=label:team'));
    await page.getByText('All 400 jobs submitted', { exact: false }).waitFor();
    await tabTo(page, 'summary: As a table');
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'vision' }).waitFor();
    await page.keyboard.press('Enter');
    await pictureEach(page, 'plots');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByText('As a table').first().click();
    await page.getByText('As a table').nth(3).click();
    await pictureEach(page, 'plots-table');
    expect(await seriousFindings(page)).toEqual([]);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('read no more than so many pages, and say so', async () => {
    const { page, refused } = await openPage(browser);
    const jobs = manyJobs(Date.now()).slice(0, 100);
    let asked = 0;
    await page.route('**/api/jobs?*', (route) => {
      asked += 1;
      return route.fulfill({ json: { jobs, continuation: 'more' } });
    });
    await page.goto(address('#/plots?period=30d'));
    await page
      .getByText(/^The newest 2,000 jobs alone, since .* more than 20 pages of the list are not read/)
      .waitFor();
    expect(asked).toBe(MOST_PAGES);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});

inChromium('the README', () => {
  test('shows the page by a picture that this test makes', async () => {
    const sample: unknown = JSON.parse(
      await readFile(join(ROOT, 'samples/tensorflow-mnist/job.json'), 'utf8'),
    );
    if (typeof sample !== 'object') throw new Error('The sample is no object.');
    const id = await local.api.submit({ ...sample, labels: { team: 'vision' } });
    await local.untilJob(id, ({ state }) => state === 'Running', 'running');
    const { page, refused } = await openPage(browser, { viewport: { width: 1100, height: 860 } });
    await page.goto(address(`#/jobs/${id}`));
    await page.getByText('Accuracy at step 100', { exact: false }).first().waitFor();
    const png = await page.screenshot();
    expect(png.length).toBeLessThan(MOST_PICTURE_BYTES);
    if (process.env['GPU_JOBS_README_PICTURE'] !== undefined) {
      await mkdir(join(ROOT, 'docs/pictures'), { recursive: true });
      await page.screenshot({ path: join(ROOT, PICTURE) });
    }
    expect((await stat(join(ROOT, PICTURE))).size).toBeLessThan(MOST_PICTURE_BYTES);
    expect(await readFile(join(ROOT, 'README.md'), 'utf8')).toContain(`](${PICTURE})`);
    await local.api.cancel(id);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});
