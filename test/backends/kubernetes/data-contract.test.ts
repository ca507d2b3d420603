// The contract on data over the stand-in for a cluster.
import { join } from 'node:path';

import { z } from 'zod';

import type { ContainerStart } from '../../../standins/containers/runtime';
import { LOCAL_ACCOUNT } from '../../../standins/files/local-account';
import { LOCAL_OBJECTS, LOCAL_WORKLOAD_IDENTITY } from '../../../standins/kubernetes/local-cluster';
import { createNodeDisk } from '../../../standins/kubernetes/volumes/node-disk';
import { describeBackendData } from '../../contract/backend-data';
import { setKubernetesStage } from './kubernetes-stage';

const podSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ serviceAccountName: z.string() }),
});
const url = `https://${LOCAL_ACCOUNT}.file.core.windows.net/results`;

describeBackendData((folder) => {
  const started: ContainerStart[] = [];
  const stage = setKubernetesStage({
    placement: {
      volumes: { results: { claim: 'results', share: { url } }, data: { claim: 'data', readOnly: true } },
      outputs: { volume: 'results' },
      identities: { trainer: { serviceAccount: 'trainer' } },
    },
    settings: { objects: LOCAL_OBJECTS, workloadIdentity: LOCAL_WORKLOAD_IDENTITY },
    disk: createNodeDisk(join(folder, 'kubernetes'), join(folder, 'shares')),
    script: (start) => {
      started.push(start);
      return { prints: [], exit: { atMs: 3_600_000, code: 0 } };
    },
  });
  return {
    ...stage,
    offers: stage.configured,
    volumeKeys: {},
    started,
    identityOf: (name) => {
      const pods = stage.standIn.store.list('pods').items.map((pod) => podSchema.parse(pod));
      const account = pods.find(({ metadata }) => metadata.name.startsWith(name))?.spec.serviceAccountName;
      return Promise.resolve(account === 'default' ? undefined : account);
    },
    trainer: 'trainer',
    // As the local service account is annotated.
    clientId: '00000000-0000-0000-0000-0000000000c1',
  };
});
