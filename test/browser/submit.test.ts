// Submitting a job by the page in a browser, on a whole stack.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { nodeProgram } from '../end-to-end/support/example-specs';
import { bootTestStack, type TestStack } from '../end-to-end/support/test-stack';
import { seriousFindings } from './support/accessibility';
import { hasChromium, launchChromium, openPage, tabTo, takePicture } from './support/chromium';

const QUICK = nodeProgram('console.log("done")');

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

function address(hash: string): string {
  return `${local.stack.functionsUrl}/api/dashboard${hash}`;
}

/** The id in the address of the job's page, once the page is there. */
async function submittedId(page: Page): Promise<string> {
  await page.waitForURL(/#\/jobs\/j/);
  return page.url().split('/').at(-1) ?? '';
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('A document of any format').check();
  await page.getByLabel('Document', { exact: true }).fill(text);
}

inChromium('a job', () => {
  test('is submitted by the form, with the keyboard alone, once it is told what becomes of it', async () => {
    const { page, refused } = await openPage(browser);
    await page.goto(address('#/submit'));
    await page.getByText('Nothing is asked for yet.', { exact: false }).waitFor();
    const toImage = await tabTo(page, 'input: Image');
    expect(toImage.slice(-2)).toEqual(['input: A form', 'input: Image']);
    await page.keyboard.type(QUICK.image);
    expect(await tabTo(page, 'textarea: Command')).toEqual(['input: Name', 'textarea: Command']);
    await page.keyboard.type('node -e \'console.log("from the form")\'');
    expect(await tabTo(page, 'textarea: Labels')).toEqual([
      'textarea: Arguments for the image’s own program',
      'input: GPU',
      'input: Number of GPUs',
      'input: CPU cores',
      'input: Memory, GB',
      'textarea: Environment',
      'textarea: Environment from the key vault',
      'input: Placements, in this order',
      'textarea: Labels',
    ]);
    await page.keyboard.type('by=form');
    await page.getByText('would run at', { exact: false }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takePicture(page, 'submit-form');
    await tabTo(page, 'button: Submit');
    await page.keyboard.press('Enter');
    const id = await submittedId(page);
    const job = await local.untilJob(id, ({ outcome }) => outcome !== undefined, 'over');
    expect(job).toMatchObject({ outcome: 'Succeeded', labels: { by: 'form' } });
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);

  test.each([
    ['a Kubernetes manifest', 'samples/tensorflow-mnist/kubernetes-job.yaml'],
    ['an ACI file', 'samples/cuda-vector-add/gpu-deploy-aci.yaml'],
  ])(
    'is read from %s, which is dropped on the page',
    async (_what, file) => {
      const { page, refused } = await openPage(browser);
      const content = await readFile(join(__dirname, '../..', file), 'utf8');
      await page.goto(address('#/submit'));
      await page.getByLabel('A document of any format').check();
      const transfer = await page.evaluateHandle(
        `(() => { const data = new DataTransfer();
        data.items.add(new File([${JSON.stringify(content)}], 'job.yaml', { type: 'application/yaml' }));
        return data; })()`,
      );
      await page.getByLabel('Document', { exact: true }).dispatchEvent('drop', { dataTransfer: transfer });
      await page.getByRole('heading', { name: 'What became of the document' }).waitFor();
      await page.getByRole('row', { name: 'local-' }).first().waitFor();
      expect(await page.getByText('would run at', { exact: false }).count()).toBe(1);
      expect(await seriousFindings(page)).toEqual([]);
      await takePicture(page, `submit-${file.endsWith('aci.yaml') ? 'aci' : 'kubernetes'}`);
      expect(refused).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  test('with something wrong is not submitted, and each fault is told at its line', async () => {
    const { page } = await openPage(browser, { colorScheme: 'dark' });
    await page.goto(address('#/submit'));
    await paste(page, 'image: x\ngpu:\n  count: none\ncolour: red\n');
    await page.getByText('Line 3', { exact: false }).waitFor();
    await page.getByText('Line 4', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await takePicture(page, 'submit-refused-dark');
    await page.context().close();
  }, 120_000);

  test('stays one job when its answer is lost and it is submitted again', async () => {
    const { page } = await openPage(browser);
    const name = 'answer-lost';
    let answers = 0;
    await page.route('**/api/jobs', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      answers += 1;
      if (answers > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.goto(address('#/submit'));
    await paste(page, JSON.stringify({ ...QUICK, name }));
    await page.getByText('would run at', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Submit it again: it stays one job.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Submit' }).click();
    const id = await submittedId(page);
    const named = (await local.api.list()).filter((job) => job.name === name);
    expect(named.map((job) => job.id)).toEqual([id]);
    expect(answers).toBe(2);
    await page.context().close();
  }, 120_000);

  test('is submitted again with changes, its literal secrets typed anew', async () => {
    const { page, refused } = await openPage(browser);
    const env = { EPOCHS: '5', KEY: { secure: 'hidden-from-all' } };
    const first = await local.api.submit({ ...QUICK, env, name: 'first' });
    await local.untilJob(first, ({ outcome }) => outcome === 'Succeeded', 'over');
    await page.goto(address(`#/jobs/${first}`));
    await page.getByRole('link', { name: 'Change and submit again' }).click();
    await page.getByRole('heading', { name: 'Submit a job again, changed' }).waitFor();
    const secret = page.getByLabel('KEY, a literal secret', { exact: false });
    await secret.fill('another');
    await page.getByLabel('Name', { exact: true }).fill('second');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('would run at', { exact: false }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.content()).not.toContain('hidden-from-all');
    await takePicture(page, 'submit-again-phone');
    await page.getByRole('button', { name: 'Submit' }).click();
    const second = await local.untilJob(
      await submittedId(page),
      ({ outcome }) => outcome === 'Succeeded',
      'over',
    );
    expect(second).toMatchObject({ name: 'second' });
    expect(second.id).not.toBe(first);
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});

inChromium('a document', () => {
  const evil = '<img src=x onerror=alert(1)>';

  test.each([
    ['markup', JSON.stringify({ image: evil, name: `${evil}\u202egnp`, [evil]: `\u001b[31m${evil}` })],
    [
      'aliases that grow without end',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\nimage: x\n`,
    ],
    ['a NUL in a name', JSON.stringify({ image: 'x', env: { 'A\u0000': 'b' } })],
    ['100 KB in one line', `image: ${'x'.repeat(1e5)}`],
  ])(
    'with %s does nothing but be refused',
    async (_what, text) => {
      const { page, refused } = await openPage(browser);
      await page.goto(address('#/submit'));
      await paste(page, text);
      await page.getByText('It would be refused.').waitFor();
      expect(await page.evaluate(`document.querySelectorAll('img, iframe, main script').length`)).toBe(0);
      expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true);
      expect(refused).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  test('of a megabyte does not come in, and the page says so', async () => {
    const { page, refused } = await openPage(browser);
    await page.goto(address('#/submit'));
    await page.getByLabel('A document of any format').check();
    await page.getByLabel('Document', { exact: true }).focus();
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'x'.repeat(1e6));
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      window.prevented = !document.activeElement.dispatchEvent(event);
    })()`);
    await page.getByText('It has 1000000 bytes', { exact: false }).waitFor();
    expect(await page.evaluate('window.prevented')).toBe(true);
    await page.getByLabel('Or choose a file').setInputFiles({
      name: 'large.json',
      mimeType: 'application/json',
      buffer: Buffer.alloc(300_000, 'x'),
    });
    await page.getByText('It has 300000 bytes', { exact: false }).waitFor();
    expect(await page.getByLabel('Document', { exact: true }).inputValue()).toBe('');
    expect(refused).toEqual([]);
    await page.context().close();
  }, 120_000);
});
