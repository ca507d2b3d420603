// The contract on data over the stand-in for Container Apps, by the genuine client.
import { join } from 'node:path';

import type { ContainerStart } from '../../../standins/containers/runtime';
import { createVolumeFolders } from '../../../standins/containers/volume-folders';
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY } from '../../../standins/files/local-account';
import { describeBackendData } from '../../contract/backend-data';
import { setContainerAppsStage, STAGE_ENVIRONMENT } from './container-apps-stage';

const TRAINER =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer';
const CLIENT = '10000000-0000-4000-8000-000000000002';
const storage = (share: string, accessMode: 'ReadOnly' | 'ReadWrite') => ({
  account: LOCAL_ACCOUNT,
  key: LOCAL_ACCOUNT_KEY,
  share,
  accessMode,
});
const url = `https://${LOCAL_ACCOUNT}.file.core.windows.net/results`;

describeBackendData((folder) => {
  const started: ContainerStart[] = [];
  const keys = { [LOCAL_ACCOUNT]: LOCAL_ACCOUNT_KEY };
  const stage = setContainerAppsStage({
    volumeFolders: createVolumeFolders({ shares: join(folder, 'shares'), keys, scratch: folder }),
    placement: {
      volumes: { results: { storage: 'kept', share: { url } }, data: { storage: 'data', readOnly: true } },
      outputs: { volume: 'results' },
      identities: { trainer: { id: TRAINER, clientId: CLIENT } },
    },
    settings: {
      environments: [
        {
          ...STAGE_ENVIRONMENT,
          storages: { kept: storage('results', 'ReadWrite'), data: storage('data', 'ReadOnly') },
        },
      ],
    },
    script: (start) => {
      started.push(start);
      return { prints: [], exit: { atMs: 3_600_000, code: 0 } };
    },
  });
  const { configured, clients } = stage;
  return {
    ...stage,
    offers: configured,
    volumeKeys: {},
    started,
    identityOf: async (name) => {
      const { identity } = await clients.reading.jobs.get(configured.resourceGroup, name);
      return Object.keys(identity?.userAssignedIdentities ?? {})[0];
    },
    trainer: TRAINER,
    clientId: CLIENT,
  };
});
