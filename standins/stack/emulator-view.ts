// What the ACI emulator says itself: its list of container groups, as ARM answers it, and its ledger.
import { z } from 'zod';

import { type Ledger, ledgerSchema } from '../aci/ledger';
import { LOCAL_SUBSCRIPTION } from '../arm/local-scope';
import { getBytes, getJson } from './ask-stand-in';

const groupList = z.object({ value: z.array(z.object({ name: z.string() })) });

/** Names of all container groups of the local subscription. */
export async function listGroups(emulatorUrl: string): Promise<readonly string[]> {
  const path = `/subscriptions/${LOCAL_SUBSCRIPTION}/providers/Microsoft.ContainerInstance/containerGroups?api-version=2023-05-01`;
  return groupList.parse(await getJson(`${emulatorUrl}${path}`)).value.map(({ name }) => name);
}

export async function readLedger(emulatorUrl: string): Promise<Ledger> {
  return ledgerSchema.parse(await getJson(`${emulatorUrl}/emulator/ledger`));
}

/** Everything that the programs of a group printed, also after the group is gone. */
export async function readPrinted(emulatorUrl: string, group: string): Promise<Buffer> {
  const url = `${emulatorUrl}/emulator/ledger/printed?group=${encodeURIComponent(group)}`;
  return getBytes(url);
}
