// Signs addresses of output containers: with the account's key where the connection has one, else with a key that is
// lent to the app's identity.
import type {
  BlobSASSignatureValues,
  BlobServiceClient,
  ContainerClient,
  SASQueryParameters,
} from '@azure/storage-blob';

import { TerminalError } from '../../domain/errors';
import type { Clock } from '../../domain/ports/clock';
import type { Lifetime, SignAddress } from '../../domain/ports/output-containers';
import type { StorageClients } from '../account/clients';
import { storageBlob as sdk } from '../account/sdk';
import { createLentKeys } from './lent-keys';

/** An address counts from so much earlier: clocks of the service differ (docs/facts/azure-blobs.md#clocks). */
const EARLIER_MS = 15 * 60_000;

/** Resolves to what signs addresses of the container that end by `until`; rejects as the SDK does. */
export type Signers = (
  container: ContainerClient,
  until: number,
  abortSignal: AbortSignal,
) => Promise<SignAddress>;

export function createSigners(clients: StorageClients, clock: Clock): Signers {
  const lentKey = createLentKeys(clients, clock);
  const signOf = async (until: number, abortSignal: AbortSignal): Promise<Sign> => {
    const { StorageSharedKeyCredential, AnonymousCredential } = sdk();
    const service = clients.blobService();
    const { credential } = service;
    if (credential instanceof StorageSharedKeyCredential)
      return (container, lifetime) =>
        sdk().generateBlobSASQueryParameters(valuesOf(container, lifetime), credential);
    if (credential instanceof AnonymousCredential) throw new TerminalError(UNSIGNED);
    const account = accountOf(service);
    const key = await lentKey(until, abortSignal);
    // Outside the key's own time a signature would be refused.
    const [first, last] = [key.signedStartsOn.getTime() + EARLIER_MS, key.signedExpiresOn.getTime()];
    return (container, { from, until: end }) => {
      const values = valuesOf(container, { from: Math.max(from, first), until: Math.min(end, last) });
      return sdk().generateBlobSASQueryParameters(values, key, account);
    };
  };
  return async (container, until, abortSignal) => {
    const sign = await signOf(until, abortSignal);
    return (folder, lifetime) => {
      const address = [container.url, ...folder.map(encodeURIComponent)].join('/');
      return `${address}?${sign(container, lifetime).toString()}`;
    };
  };
}

const UNSIGNED =
  'AzureWebJobsStorage has neither an account key nor an identity, and only these can sign an address for outputs: set AzureWebJobsStorage__accountName, or a connection string with AccountKey, or name a volume for outputs in the placement.';

/** Hosts of accounts in a DNS zone of their own, whose account the client does not tell. */
const IN_ZONE = /^([a-z0-9]{3,24})\.z\d{1,2}\.blob\.storage\.azure\.net$/;

/** Its name is part of what is signed. */
function accountOf({ accountName, url }: BlobServiceClient): string {
  const { hostname } = new URL(url);
  const name = accountName === '' ? IN_ZONE.exec(hostname)?.[1] : accountName;
  if (name !== undefined) return name;
  throw new TerminalError(
    `An address for outputs can't be signed, because ${hostname} does not tell the name of its storage account: set AzureWebJobsStorage__accountName, or AzureWebJobsStorage__blobServiceUri to https://ACCOUNT.blob.core.windows.net, or name a volume for outputs in the placement.`,
    { host: hostname },
  );
}

type Sign = (container: ContainerClient, lifetime: Lifetime) => SASQueryParameters;

/** Create and write, nothing else: whoever has the address reads, lists and removes nothing. */
function valuesOf(container: ContainerClient, { from, until }: Lifetime): BlobSASSignatureValues {
  const { ContainerSASPermissions, SASProtocol } = sdk();
  // Only an emulator on this machine is spoken to in clear text (connection.ts).
  const isSafe = new URL(container.url).protocol === 'https:';
  return {
    containerName: container.containerName,
    permissions: ContainerSASPermissions.parse('cw'),
    protocol: isSafe ? SASProtocol.Https : SASProtocol.HttpsAndHttp,
    startsOn: new Date(from - EARLIER_MS),
    expiresOn: new Date(until),
  };
}
