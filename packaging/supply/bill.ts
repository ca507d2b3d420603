// The software bill of materials of the app: npm's own, of the production dependencies.
import { z } from 'zod';

import { npm } from './npm';
import { withProduction } from './production';
import { labelOf, type ShippedPackage } from './shipped-packages';

const cycloneDx = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })),
});

export type Bill = z.infer<typeof cycloneDx>;

/** Of the repository in folder `root`, at the versions of its lock file; needs no network and no installed packages. */
export async function billOfMaterials(root: string): Promise<Bill> {
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const { stdout } = await withProduction(root, (folder) => npm(folder, args));
  return cycloneDx.parse(JSON.parse(stdout));
}

/** Throws an error that names each package that is shipped and not in the bill. */
export function refuseUnlisted(bill: Bill, shipped: readonly ShippedPackage[]): void {
  const listed = new Set(bill.components.map(labelOf));
  const unlisted = shipped.map(labelOf).filter((label) => !listed.has(label));
  if (unlisted.length > 0)
    throw new Error(
      `These packages are shipped and not in the bill of materials: ${unlisted.join(', ')}. ` +
        'Is package-lock.json as old as what is installed ("npm ci")?',
    );
}
