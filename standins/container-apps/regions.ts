// The regions of Container Apps: their short names and the names that answers show.

/** By short name; recorded are those of West US 2, West US 3, East US and the staging region. */
const DISPLAY_NAMES: Readonly<Record<string, string>> = {
  australiaeast: 'Australia East',
  brazilsouth: 'Brazil South',
  canadacentral: 'Canada Central',
  centralindia: 'Central India',
  eastus: 'East US',
  francecentral: 'France Central',
  italynorth: 'Italy North',
  japaneast: 'Japan East',
  northcentralus: 'North Central US',
  northcentralusstage: 'North Central US (Stage)',
  northeurope: 'North Europe',
  southcentralus: 'South Central US',
  southeastasia: 'Southeast Asia',
  southindia: 'South India',
  swedencentral: 'Sweden Central',
  uksouth: 'UK South',
  westeurope: 'West Europe',
  westus: 'West US',
  westus2: 'West US 2',
  westus3: 'West US 3',
};

/** `East US` and `eastus` are one region: lower case, without spaces and brackets. */
export function shortRegion(location: string): string {
  return location.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** What an answer shows as a resource's location; a region that is not known is shown as it was sent. */
export function displayRegion(location: string): string {
  return DISPLAY_NAMES[shortRegion(location)] ?? location;
}

export const REGIONS: readonly string[] = Object.keys(DISPLAY_NAMES);
