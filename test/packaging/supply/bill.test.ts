// The bill of materials of this very repository, by npm, against what the bundles hold.
import { resolve } from 'node:path';

import { bundleApp } from '../../../packaging/bundle';
import { cliBundles } from '../../../packaging/cli/cli-bundles';
import { type Bill, billOfMaterials, refuseUnlisted } from '../../../packaging/supply/bill';
import { packagesWithin, type ShippedPackage } from '../../../packaging/supply/shipped-packages';

const ROOT = resolve(__dirname, '../../..');

let bill: Bill;
let shipped: readonly ShippedPackage[];
beforeAll(async () => {
  const [app, command] = await Promise.all([bundleApp(ROOT), cliBundles(ROOT)]);
  shipped = await packagesWithin(ROOT, [app.metafile, ...command.metafiles]);
  bill = await billOfMaterials(ROOT);
}, 60_000);

test('it lists what is shipped, packages that the stand-ins need too included', () => {
  expect(() => refuseUnlisted(bill, shipped)).not.toThrow();
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['@azure/storage-blob', 'yaml', 'zod']));
});

test('it lists nothing that is for development only', () => {
  const names = bill.components.map(({ name }) => name);
  expect(
    names.filter((name) => ['azurite', 'jest', 'esbuild', 'gpu-job-runner-standins'].includes(name)),
  ).toEqual([]);
});

test('a package that is shipped and not listed is named', () => {
  const stray = { name: 'stray', version: '1.0.0', licence: 'MIT', texts: [] };
  expect(() => refuseUnlisted(bill, [...shipped, stray])).toThrow(
    'not in the bill of materials: stray@1.0.0.',
  );
});

test('each package that is shipped brings the text of its licence', () => {
  expect(shipped.length).toBeGreaterThan(50);
  expect(shipped.filter(({ texts }) => texts.length === 0).map(({ name }) => name)).toEqual([]);
});
