// The subscription and the resource group that exist on this machine.

/** The stand-in accepts any subscription. This one can't be mistaken for a real one. */
export const LOCAL_SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

/** Where the local placements create their groups. */
export const LOCAL_RESOURCE_GROUP = 'gpu-jobs';
