import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { appFolder } from '../../../../standins/stack/host/app-folder';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gpu-jobs-app-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('takes the folder of an app by a path from the working folder', () => {
  for (const file of ['host.json', 'package.json']) writeFileSync(join(folder, file), '{}');
  expect(appFolder(relative('.', folder))).toBe(folder);
});

test('refuses a folder without an app, and says what is missing there and how to make one', () => {
  writeFileSync(join(folder, 'package.json'), '{}');
  expect(() => appFolder(folder)).toThrow(/no host\.json in .* such as \.out after "npm run package"/);
});
