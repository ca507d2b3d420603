// `npm run sbom`: writes the bill of materials of the app to `.out-sbom.json`, in CycloneDX's JSON.
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { bundleApp } from '../bundle';
import { billOfMaterials, refuseUnlisted } from './bill';
import { packagesWithin } from './shipped-packages';

/** Compiled it stands in dist/packaging/supply/. */
const ROOT = resolve(__dirname, '..', '..', '..');

void main();

async function main(): Promise<void> {
  const { metafile } = await bundleApp(ROOT);
  const shipped = await packagesWithin(ROOT, [metafile]);
  const bill = await billOfMaterials(ROOT);
  refuseUnlisted(bill, shipped);
  await writeFile(join(ROOT, '.out-sbom.json'), `${JSON.stringify(bill, undefined, 2)}\n`);
  process.stdout.write(
    `.out-sbom.json  ${bill.components.length} production dependencies; ` +
      `the bundle holds code of ${shipped.length} of them\n`,
  );
}
