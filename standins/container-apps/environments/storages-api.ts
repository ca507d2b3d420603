// Requests about the storages of an environment: make or change, read, list, remove.
import { ArmFault } from '../../wire/arm-error';
import { json } from '../../wire/handler';
import type { Action } from '../context';
import { type JsonObject, objectAt, readBody } from '../json-shapes';
import { notFoundByGateway } from '../resource-fault';
import type { Environment, EnvironmentStorage } from './environment-store';
import { found } from './environments-api';

export const listStorages: Action = (context, _request, match) => {
  const environment = found(context, match);
  return json(200, { value: [...environment.storages.keys()].map((name) => viewOf(environment, name)) });
};

export const getStorage: Action = (context, _request, match) => {
  const environment = found(context, match);
  const name = match.param('storage').toLowerCase();
  if (!environment.storages.has(name))
    throw notFoundByGateway('storages', name, environment.place.resourceGroup);
  return json(200, viewOf(environment, name));
};

export const putStorage: Action = (context, request, match) => {
  const environment = found(context, match);
  const name = match.param('storage').toLowerCase();
  const sent = objectAt(objectAt(readBody(request), 'properties'), 'azureFile');
  environment.storages.set(name, storageOf(name, sent));
  return json(200, viewOf(environment, name));
};

export const deleteStorage: Action = (context, _request, match) => {
  const { storages } = found(context, match);
  return { status: storages.delete(match.param('storage').toLowerCase()) ? 200 : 204, headers: {} };
};

/** Only shares by SMB, with the account's key. Code and words are not confirmed by any source. */
function storageOf(name: string, sent: JsonObject): EnvironmentStorage {
  const { accountName, accountKey, shareName, accessMode = 'ReadOnly' } = sent;
  if (
    typeof accountName === 'string' &&
    typeof accountKey === 'string' &&
    typeof shareName === 'string' &&
    (accessMode === 'ReadOnly' || accessMode === 'ReadWrite')
  )
    return { account: accountName, key: accountKey, share: shareName, accessMode };
  throw new ArmFault(
    400,
    'ManagedEnvironmentStorageInvalid',
    `The storage '${name}' must have azureFile with accountName, accountKey, shareName and an accessMode of ReadOnly or ReadWrite.`,
  );
}

/** Without the account's key. */
function viewOf({ id, storages }: Environment, name: string): JsonObject {
  const storage = storages.get(name);
  return {
    id: `${id}/storages/${name}`,
    name,
    type: 'Microsoft.App/managedEnvironments/storages',
    properties: {
      azureFile: {
        accountName: storage?.account,
        shareName: storage?.share,
        accessMode: storage?.accessMode,
      },
    },
  };
}
