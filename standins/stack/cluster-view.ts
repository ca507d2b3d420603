// What the local cluster says of itself: its objects as `kubectl` sees them, and its ledger.
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { tokenIn } from '../kubernetes/kept-kubeconfig';
import { type Ledger, ledgerSchema } from '../kubernetes/ledger';
import { LOCAL_NAMESPACE } from '../kubernetes/local-cluster';
import { getBytes, getJson } from './ask-stand-in';

/** Where the cluster answers, and the file that leads to it. */
export interface ClusterAddress {
  readonly url: string;
  readonly kubeconfigFile: string;
}

/** What a job may leave behind, with the path of its list. */
const LISTS = {
  jobs: `/apis/batch/v1/namespaces/${LOCAL_NAMESPACE}/jobs`,
  pods: `/api/v1/namespaces/${LOCAL_NAMESPACE}/pods`,
  secrets: `/api/v1/namespaces/${LOCAL_NAMESPACE}/secrets`,
} as const;

const namedList = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** All Jobs, pods and Secrets in the namespace of the jobs, as `kubectl get` names them: a kind, "/" and a name. */
export async function listInCluster({ url, kubeconfigFile }: ClusterAddress): Promise<readonly string[]> {
  const token = tokenIn(await readFile(kubeconfigFile, 'utf8'));
  const lists = await Promise.all(
    Object.entries(LISTS).map(async ([resource, path]) => {
      const answer = await getJson(`${url}${path}`, { authorization: `Bearer ${token ?? ''}` });
      return namedList.parse(answer).items.map(({ metadata }) => `${resource}/${metadata.name}`);
    }),
  );
  return lists.flat();
}

export async function readClusterLedger({ url }: Pick<ClusterAddress, 'url'>): Promise<Ledger> {
  return ledgerSchema.parse(await getJson(`${url}/emulator/ledger`));
}

/** Everything that the programs of a Job's pods printed, also after they are gone. */
export async function readPrintedByJob({ url }: Pick<ClusterAddress, 'url'>, job: string): Promise<Buffer> {
  return getBytes(`${url}/emulator/ledger/printed?job=${encodeURIComponent(job)}`);
}
