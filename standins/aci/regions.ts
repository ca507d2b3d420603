// The regions that the emulator names: those that ever offered GPUs. It accepts any other too.
import { GPU_OFFERS } from './gpu-offer';

/** Lower-case names without spaces, as ARM's ids have them. */
export const REGIONS: readonly string[] = Object.keys(GPU_OFFERS['2019']);

const DISPLAY_NAMES: Readonly<Record<string, string>> = {
  eastus: 'East US',
  westeurope: 'West Europe',
  westus2: 'West US 2',
  southeastasia: 'Southeast Asia',
  centralindia: 'Central India',
  northeurope: 'North Europe',
};

/** The region's name as people write it. */
export function displayName(region: string): string {
  return DISPLAY_NAMES[region] ?? region;
}
