// What the doctor finds of the environment's storages that a placement's volumes are: whether each is there, gives the
// access that is told, and is the very share by which the app reads.
import type { ManagedEnvironmentStorage } from '@azure/arm-appcontainers';

import type { Check, Inspection } from '../../../domain/backend/check';
import { shareAddress } from '../../../domain/placement/share';
import { checkOf, checkWithGaps, type Finding } from '../../findings';
import type { ContainerAppsClients } from '../cloud/clients';
import { environmentParts } from '../environment-id';
import type { ContainerAppsPlacement } from '../placement';

const REQUEST_TIMEOUT_MS = 30_000;

type Volume = NonNullable<ContainerAppsPlacement['volumes']>[string];

/** One for each volume. `clientsOf` is called when an inspection asks. */
export function storageInspections(
  placement: ContainerAppsPlacement,
  clientsOf: (subscriptionId: string) => ContainerAppsClients,
): Inspection[] {
  const environment = environmentParts(placement);
  return Object.entries(placement.volumes ?? {}).map(([volume, entry]) => {
    const name = `${placement.name} volume ${volume}`;
    return {
      name,
      todo: `Check that environment ${environment.name} exists in resource group ${environment.resourceGroup} and that this identity may read its storages (Microsoft.App/managedEnvironments/storages/read).`,
      check: async () => {
        const { reading } = clientsOf(environment.subscriptionId);
        const found = await absentAs404(
          reading.managedEnvironmentsStorages.get(
            environment.resourceGroup,
            environment.name,
            entry.storage,
            { abortSignal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) },
          ),
        );
        return storageCheck(name, { volume, entry, placement }, found);
      },
    };
  });
}

/** Undefined for what is not there. */
async function absentAs404<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 404)
      return undefined;
    throw error;
  }
}

interface Named {
  readonly volume: string;
  readonly entry: Volume;
  readonly placement: ContainerAppsPlacement;
}

function storageCheck(called: string, named: Named, found: ManagedEnvironmentStorage | undefined): Check {
  const { storage, readOnly, share } = named.entry;
  if (found === undefined)
    return checkOf(called, '', [
      {
        standing: 'failed',
        detail: `the environment has no storage ${storage}: jobs that mount it are refused`,
        todo: `Make it: ${setStorage(named)}. Or name another ("az containerapp env storage list ${where(named)}" lists them).`,
      },
    ]);
  const behind = shareBehind(found);
  if (behind === undefined)
    return checkWithGaps(
      called,
      '',
      [],
      [
        {
          detail: `storage ${storage} is of a kind that is not known here`,
          todo: `Look at it: az containerapp env storage show ${where(named)} --storage-name ${storage}`,
        },
      ],
    );
  const { account, name, accessMode } = behind;
  const mode = accessMode === 'ReadOnly' ? 'for reading alone' : 'for reading and writing';
  return checkOf(called, `storage ${storage} is share ${account}/${name}, ${mode}`, [
    ...otherAccess(named, readOnly === true, accessMode === 'ReadOnly'),
    ...(share === undefined ? [] : otherShare(named, share.url, behind)),
  ]);
}

interface Behind {
  readonly account: string;
  readonly name: string;
  readonly accessMode: string | undefined;
}

/** By NFS the share's name has that of its account before it (docs/facts/container-apps.md#volumes). */
function shareBehind({ properties }: ManagedEnvironmentStorage): Behind | undefined {
  const { azureFile, nfsAzureFile } = properties ?? {};
  if (azureFile !== undefined) {
    const { accountName = '', shareName = '', accessMode } = azureFile;
    return { account: accountName, name: shareName, accessMode };
  }
  if (nfsAzureFile === undefined) return undefined;
  const { server = '', shareName = '', accessMode } = nfsAzureFile;
  return { account: server.split('.')[0] ?? '', name: shareName.split('/').at(-1) ?? '', accessMode };
}

function otherAccess(named: Named, told: boolean, real: boolean): Finding[] {
  if (told === real) return [];
  const { volume, entry } = named;
  return [
    real
      ? {
          standing: 'failed',
          detail: `storage ${entry.storage} can't be written, and the placement lets jobs write to volume ${volume}`,
          todo: `Set "readOnly": true there, or let it be written: ${setStorage(named, 'ReadWrite')}`,
        }
      : {
          standing: 'failed',
          detail: `storage ${entry.storage} can be written, and volume ${volume} is "readOnly": only the storage's own mode keeps jobs from writing`,
          todo: `Have it read alone: ${setStorage(named, 'ReadOnly')}. Or take "readOnly" out of the placement's volume.`,
        },
  ];
}

function otherShare({ volume, entry }: Named, url: string, { account, name }: Behind): Finding[] {
  const told = shareAddress(url);
  if (told === undefined || (told.account === account && told.share === name)) return [];
  return [
    {
      standing: 'failed',
      detail: `jobs mount share ${account}/${name} (storage ${entry.storage}), and the app reads ${told.account}/${told.share}: it would find nothing of what they leave`,
      todo: `Set "share": { "url": "https://${account}.file.core.windows.net/${name}" } at the placement's volume "${volume}", or make the storage anew with the other share.`,
    },
  ];
}

function where({ placement }: Named): string {
  const { name, resourceGroup, subscriptionId } = environmentParts(placement);
  return `--name ${name} --resource-group ${resourceGroup} --subscription ${subscriptionId}`;
}

/** With the account and the share that the placement tells, else to be filled in. */
function setStorage(named: Named, mode?: string): string {
  const { storage, readOnly, share } = named.entry;
  const told = share && shareAddress(share.url);
  const access = mode ?? (readOnly === true ? 'ReadOnly' : 'ReadWrite');
  return `az containerapp env storage set ${where(named)} --storage-name ${storage} --storage-type AzureFile --azure-file-account-name ${told?.account ?? 'ACCOUNT'} --azure-file-share-name ${told?.share ?? 'SHARE'} --azure-file-account-key KEY --access-mode ${access}`;
}
