// Whether the claims and service accounts that a placement offers by name are there, and of use. Pure.
import type { Check } from '../../../domain/backend/check';
import { underName } from '../../../domain/parse/any-case';
import { shareAddress } from '../../../domain/placement/share';
import { checkOf, type Finding } from '../../findings';
import type { KubernetesPlacement } from '../placement';
import type { Claim, ServiceAccount } from './cluster-objects';
import { notAllowed } from './not-allowed';
import type { Read } from './read-cluster';

/** Azure Files (docs/facts/kubernetes.md#volumes). */
const FILES = 'file.csi.azure.com';
type Csi = Extract<NonNullable<KubernetesPlacement['volumes']>[string], { csi: unknown }>['csi'];

/** docs/facts/kubernetes.md#workload-identity */
const CLIENT_ID = 'azure.workload.identity/client-id';

export function claimCheck(
  called: string,
  { claim, namespace }: { readonly claim: string; readonly namespace: string },
  read: Read<Claim>,
): Check {
  if (read.kind === 'forbidden') return notAllowed(called, `get persistentvolumeclaim ${claim}`);
  if (read.kind === 'absent')
    return checkOf(called, '', [
      {
        standing: 'failed',
        detail: `claim ${claim} does not exist in namespace ${namespace}: pods that mount it start nowhere`,
        todo: `Make it ("kubectl apply -n ${namespace} -f CLAIM.yaml"), or name another in the placement's volumes ("kubectl get pvc -n ${namespace}" lists them).`,
      },
    ]);
  const phase = read.value.status?.phase ?? 'in an unknown phase';
  return checkOf(
    called,
    `claim ${claim} is bound`,
    phase === 'Bound' ? [] : [unbound(claim, namespace, phase)],
  );
}

function unbound(claim: string, namespace: string, phase: string): Finding {
  return {
    standing: 'warning',
    detail: `claim ${claim} is ${phase}, not Bound: pods that mount it wait`,
    todo: `"kubectl describe pvc ${claim} -n ${namespace}" says what it waits for; a class that binds at the first consumer may be as it should.`,
  };
}

/** Of Azure Files' own driver alone: the attributes of others are their own matter. Undefined: nothing tells. */
export function csiShareCheck(
  called: string,
  { csi, share }: { readonly csi: Csi; readonly share?: { readonly url: string } | undefined },
): Check | undefined {
  // The driver takes them in any case.
  const shareName = underName(csi.attributes ?? {}, 'shareName');
  const storageAccount = underName(csi.attributes ?? {}, 'storageAccount');
  const told = share && shareAddress(share.url);
  if (csi.driver !== FILES || shareName === undefined || told === undefined) return undefined;
  const isSame =
    shareName === told.share && (storageAccount === undefined || storageAccount === told.account);
  return checkOf(
    called,
    `${csi.driver} mounts share ${shareName}, which the app reads`,
    isSame
      ? []
      : [
          {
            standing: 'failed',
            detail: `pods mount share ${storageAccount ?? told.account}/${shareName}, and the app reads ${told.account}/${told.share}: it would find nothing of what jobs leave`,
            todo: 'Name the same share in "attributes" and in "share" of the placement\'s volume.',
          },
        ],
  );
}

export function serviceAccountCheck(
  called: string,
  { serviceAccount, namespace }: { readonly serviceAccount: string; readonly namespace: string },
  read: Read<ServiceAccount>,
): Check {
  if (read.kind === 'forbidden') return notAllowed(called, `get serviceaccount ${serviceAccount}`);
  if (read.kind === 'absent')
    return checkOf(called, '', [
      {
        standing: 'failed',
        detail: `service account ${serviceAccount} does not exist in namespace ${namespace}: the cluster refuses pods with it`,
        todo: `"kubectl create serviceaccount ${serviceAccount} -n ${namespace}", and annotate it with the identity (docs/kubernetes.md, "Identities").`,
      },
    ]);
  const client = read.value.metadata.annotations?.[CLIENT_ID];
  return checkOf(
    called,
    `service account ${serviceAccount} stands for the identity ${client ?? ''}`,
    client === undefined
      ? [
          {
            standing: 'warning',
            detail: `service account ${serviceAccount} names no identity of Entra: programs can't sign in to Azure by it`,
            todo: `"kubectl annotate serviceaccount ${serviceAccount} -n ${namespace} ${CLIENT_ID}=CLIENT_ID", with the client id of the user-assigned identity.`,
          },
        ]
      : [],
  );
}
