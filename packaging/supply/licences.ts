// Under which licences a package may be part of what is shipped.
import { labelOf, type ShippedPackage } from './shipped-packages';

/** They ask for their notice to be passed on, and for nothing else. By SPDX's names, each exactly. */
const ALLOWED_LICENCES: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
];

/** Throws an error that names each package whose licence is not on the list, and what it says of itself. */
export function refuseLicences(packages: readonly ShippedPackage[]): void {
  const refused = packages.filter(
    ({ licence }) => licence === undefined || !ALLOWED_LICENCES.includes(licence),
  );
  if (refused.length === 0) return;
  const each = refused.map((one) => `${labelOf(one)} (${one.licence ?? 'no licence'})`).join(', ');
  throw new Error(
    `These packages would be shipped under a licence that is not on the list: ${each}. ` +
      `On it are ${ALLOWED_LICENCES.join(', ')}. Ship others, or add the licence to packaging/supply/licences.ts.`,
  );
}
