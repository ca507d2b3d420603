// Canceling and submitting again all jobs that match the list's filters, in a browser on a whole stack.
import type { Browser, Page } from 'playwright-core';

import { nodeProgram } from '../end-to-end/support/example-specs';
import { bootTestStack, type TestStack } from '../end-to-end/support/test-stack';
import { seriousFindings } from './support/accessibility';
import { hasChromium, launchChromium, openPage, takePicture } from './support/chromium';

const ENDLESS = nodeProgram('setInterval(() => undefined, 1000)');

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

function listOf(filter: Readonly<Record<string, string>>): string {
  return `${local.stack.functionsUrl}/api/dashboard#/jobs?${new URLSearchParams(filter).toString()}`;
}

async function submit(names: readonly string[], team: string): Promise<readonly string[]> {
  const ids = [];
  for (const name of names) ids.push(await local.api.submit({ ...ENDLESS, name, labels: { team } }));
  return ids;
}

/** The table knows the newest job alone, as it would of thousands; what counts and acts asks with other limits. */
async function loadNoMoreThanOne(page: Page): Promise<void> {
  await page.route(/\/api\/jobs\?.*limit=100/, async (route) => {
    const address = new URL(route.request().url());
    if (address.searchParams.has('state')) return route.continue();
    address.searchParams.set('limit', '1');
    const response = await route.fetch({ url: address.href });
    const { jobs } = (await response.json()) as { jobs: unknown };
    return route.fulfill({ response, json: { jobs } });
  });
}

inChromium('all jobs that match', () => {
  test('are cancelled and submitted again, those included that are not loaded, and no other', async () => {
    const { page, refused } = await openPage(browser);
    const [other = ''] = await submit(['other'], 'speech');
    const ids = await submit(['one', 'two', 'three'], 'vision');
    await loadNoMoreThanOne(page);
    await page.goto(listOf({ labels: '{"team":"vision"}' }));
    await page.getByText('1 job.').waitFor();
    await page.getByRole('button', { name: 'Submit all that match again …' }).click();
    await page.getByText('No job that matches can be submitted again: none is over.').waitFor();
    await page.getByRole('button', { name: 'Cancel all that match …' }).click();
    await page.getByRole('heading', { name: 'Cancel 3 jobs?' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takePicture(page, 'dashboard-all-that-match');
    await page.getByRole('button', { name: 'No, leave it' }).click();
    for (const id of ids) expect((await local.api.get(id)).outcome).toBeUndefined();

    await page.getByRole('button', { name: 'Cancel all that match …' }).click();
    await page.getByRole('heading', { name: 'Cancel 3 jobs?' }).waitFor();
    const [late = ''] = await submit(['late'], 'vision');
    await page.getByRole('button', { name: 'Cancel them' }).click();
    await page.getByText('3 jobs asked to end.').waitFor();
    for (const id of ids) await local.untilJob(id, ({ outcome }) => outcome === 'Canceled', 'canceled');
    for (const id of [late, other]) expect((await local.api.get(id)).outcome).toBeUndefined();

    const before = (await local.api.list()).length;
    await page.getByRole('button', { name: 'Submit all that match again …' }).click();
    await page.getByRole('heading', { name: 'Submit 3 jobs again?' }).waitFor();
    await page.getByRole('button', { name: 'Submit them again' }).click();
    await page.getByText('3 jobs submitted again.').waitFor();
    expect((await local.api.list()).length).toBe(before + 3);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test('are sent one by one where the API has no such filter; failures are told, and the rest is gone on with', async () => {
    const { page, refused } = await openPage(browser);
    const [id = ''] = await submit(['walked'], 'walk');
    const [failing = ''] = await submit(['walked'], 'walk');
    for (const one of [id, failing]) {
      await local.api.cancel(one);
      await local.untilJob(one, ({ outcome }) => outcome === 'Canceled', 'canceled');
    }
    const before = (await local.api.list()).length;
    let answer: { status: number; json: unknown } | undefined = {
      status: 404,
      json: {
        type: 'about:blank',
        title: 'No such job',
        status: 404,
        detail: 'The job is not there any more.',
      },
    };
    await page.route(`**/api/jobs/${failing}/resubmit`, (route) =>
      answer === undefined
        ? route.continue()
        : route.fulfill({ ...answer, contentType: 'application/problem+json' }),
    );
    const again = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Submit all that match again …' }).click();
      await page.getByRole('heading', { name: 'Submit 2 jobs again?' }).waitFor();
      await page.getByRole('button', { name: 'Submit them again' }).click();
    };
    await page.goto(listOf({ name: 'walked', state: 'Canceled' }));
    await again();
    await page.getByText('1 job submitted again.').waitFor();
    await page.getByText(`${failing}: The job is not there any more.`).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    answer = { status: 503, json: { type: 'about:blank', title: 'Wait', status: 503, detail: 'Ask again.' } };
    await again();
    await page.getByText('Ask again.').waitFor();
    answer = undefined;
    await page.getByRole('button', { name: 'Go on with the rest' }).click();
    await page.getByText('2 jobs submitted again.').waitFor();
    // One by the first question, two by the second, although that one was broken off and gone on with.
    expect((await local.api.list()).length).toBe(before + 3);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});
