// What the stand-in for Container Apps says itself: its list of jobs, as ARM answers it, and its ledger.
import { z } from 'zod';

import { LOCAL_SUBSCRIPTION } from '../arm/local-scope';
import { type ContainerAppsLedger, containerAppsLedgerSchema } from '../container-apps/ledger';
import { getBytes, getJson } from './ask-stand-in';

const jobList = z.object({ value: z.array(z.object({ name: z.string() })) });

/** Names of all definitions of jobs in the local subscription. */
export async function listDefinitions(containerAppsUrl: string): Promise<readonly string[]> {
  const path = `/subscriptions/${LOCAL_SUBSCRIPTION}/providers/Microsoft.App/jobs?api-version=2026-07-01`;
  return jobList.parse(await getJson(`${containerAppsUrl}${path}`)).value.map(({ name }) => name);
}

export async function readAppsLedger(containerAppsUrl: string): Promise<ContainerAppsLedger> {
  return containerAppsLedgerSchema.parse(await getJson(`${containerAppsUrl}/emulator/ledger`));
}

/** Everything that the programs of a definition printed, also after it is gone. */
export async function readPrintedByDefinition(containerAppsUrl: string, job: string): Promise<Buffer> {
  return getBytes(`${containerAppsUrl}/emulator/ledger/printed?job=${encodeURIComponent(job)}`);
}
