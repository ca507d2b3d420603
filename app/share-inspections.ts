// What the doctor inspects of the shares of a placement: whether the app can read each, and make folders where outputs
// or checkpoints are kept.
import { type Inspection, ok } from '../domain/backend/check';
import { messageOf, RunnerError } from '../domain/errors';
import { checkpointsVolume, outputsVolume } from '../domain/placement/kept-volumes';
import type { Placement } from '../domain/placement/placement';
import { shareAddress } from '../domain/placement/share';
import type { SharePlace, Shares } from '../domain/ports/shares';
import { isFull } from '../storage/shares/share-failure';

type Keeping = Pick<Placement, 'name' | 'volumes' | 'outputs' | 'checkpoints'>;

/**
 * One for each volume with a share. They change nothing but that the folders which all outputs or checkpoints of a
 * share are in are made, as the first job there would. `vault`: name of the key vault, as far as it is known.
 */
export function shareInspections(
  placement: Keeping,
  shares: Shares,
  vault: string | undefined,
): readonly Inspection[] {
  return Object.entries(placement.volumes ?? {}).flatMap(([volume, { share }]) => {
    if (share === undefined) return [];
    const name = `${placement.name} share of ${volume}`;
    const todo = 'Look whether the address of the share can be reached from here.';
    const folders = keptOn(volume, placement);
    const check = async () => {
      const opened = shares.open(share);
      try {
        await opened.list([]);
        for (const folder of folders) await opened.makeFolder([folder]);
      } catch (error) {
        const mended = commandFor(error, share, vault);
        if (mended === undefined) throw error;
        return { name, standing: 'failed' as const, detail: messageOf(error), todo: mended };
      }
      const how = share.keyRef === undefined ? 'by this identity' : `by the key of secret ${share.keyRef}`;
      const what = folders.length === 0 ? 'can be read' : `can be read, and ${folders.join(' and ')} made`;
      return ok(name, `${share.url} ${what} ${how}`);
    };
    return [{ name, todo, check }];
  });
}

/** The folders at the top of the volume that all attempts' folders are in. */
function keptOn(volume: string, placement: Keeping): string[] {
  return [
    ...(outputsVolume(placement) === volume ? ['outputs'] : []),
    ...(checkpointsVolume(placement) === volume ? ['checkpoints'] : []),
  ];
}

/** What mends a definite refusal; undefined where the error tells nothing more. */
function commandFor(
  error: unknown,
  { url, keyRef }: SharePlace,
  vault: string | undefined,
): string | undefined {
  const facts = error instanceof RunnerError ? error.facts : {};
  const { account = 'ACCOUNT', share = 'SHARE' } = shareAddress(url) ?? {};
  const key = `az storage account keys list --account-name ${account} --query "[0].value" --output tsv`;
  const keep = `az keyvault secret set --vault-name ${vault ?? 'VAULT'} --name ${keyRef ?? ''} --value "$(${key})"`;
  if (facts['secret'] !== undefined) return `${keep}.`;
  if (facts['code'] === 'ShareNotFound')
    return `Make it: az storage share-rm create --storage-account ${account} --name ${share} --quota 100.`;
  if (isFull(facts['code']))
    return `Remove files from it, or: az storage share-rm update --storage-account ${account} --name ${share} --quota GIB.`;
  if (facts['status'] !== 401 && facts['status'] !== 403) return undefined;
  const reach = `The network of the account must let the app in: az storage account show --name ${account} --query networkRuleSet.`;
  return keyRef === undefined
    ? `az role assignment create --role "Storage File Data Privileged Contributor" --assignee-object-id PRINCIPAL --assignee-principal-type ServicePrincipal --scope "$(az storage account show --name ${account} --query id --output tsv)". ${reach}`
    : `${keep}. ${reach}`;
}
