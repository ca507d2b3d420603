// The regions that the emulator tells of: those that ever offered GPUs. It takes any other, too.
import { GPU_OFFERS } from './gpu-offer';

/** Lower-case names without spaces, as ARM's ids have them. */
export const REGIONS: readonly string[] = Object.keys(GPU_OFFERS['2019']);
