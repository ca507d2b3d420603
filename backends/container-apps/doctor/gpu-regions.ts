// Which regions have serverless GPUs, as of a date: regions come, and a table can't know of the newest.

/** docs/facts/container-apps.md#gpu-regions */
export const REGIONS_AS_OF = 'April 2026';

const A100 = [
  'australiaeast',
  'brazilsouth',
  'canadacentral',
  'eastus',
  'italynorth',
  'swedencentral',
  'uksouth',
  'westus',
  'westus3',
];
const T4 = [
  ...A100,
  'centralindia',
  'francecentral',
  'japaneast',
  'northcentralus',
  'southcentralus',
  'southeastasia',
  'southindia',
  'westeurope',
  'westus2',
];

const REGIONS: Readonly<Record<string, readonly string[]>> = { T4, A100 };

/** Undefined for a SKU of which nothing is known. */
export function regionsOf(sku: string): readonly string[] | undefined {
  return Object.hasOwn(REGIONS, sku.toUpperCase()) ? REGIONS[sku.toUpperCase()] : undefined;
}
