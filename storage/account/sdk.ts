// Loads the storage SDKs when they are first used: each costs some 100 ms that a start need not pay.
//
// `require`, not `import()`: the latter would load the packages' ESM builds, which take longer (tables: 155 ms against
// 90 ms, Node 20) and stand beside the CommonJS builds of the shared core packages instead of sharing them.
import type * as DataTables from '@azure/data-tables';
import type * as KeyVaultSecrets from '@azure/keyvault-secrets';
import type * as StorageBlob from '@azure/storage-blob';
import type * as StorageFileShare from '@azure/storage-file-share';
import type * as StorageQueue from '@azure/storage-queue';

/* eslint-disable @typescript-eslint/no-require-imports -- a lazy load that stays synchronous and CommonJS, see above */

export function dataTables(): typeof DataTables {
  return require('@azure/data-tables') as typeof DataTables;
}

export function storageBlob(): typeof StorageBlob {
  return require('@azure/storage-blob') as typeof StorageBlob;
}

export function storageFileShare(): typeof StorageFileShare {
  return require('@azure/storage-file-share') as typeof StorageFileShare;
}

export function storageQueue(): typeof StorageQueue {
  return require('@azure/storage-queue') as typeof StorageQueue;
}

export function keyVaultSecrets(): typeof KeyVaultSecrets {
  return require('@azure/keyvault-secrets') as typeof KeyVaultSecrets;
}
