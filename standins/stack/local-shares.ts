// The shares of the local account as volumes of the placements on Azure, and an identity for the programs there.
import type { AciPlacement } from '../../backends/aci/placement';
import type { ContainerAppsPlacement } from '../../backends/container-apps/placement';
import { LOCAL_TRAINER } from '../arm/pulls/local-pulls';
import { identityId } from '../arm/pulls/pull-world';
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY_NAME } from '../files/local-account';

const IDENTITIES = { trainer: { id: identityId(LOCAL_TRAINER), clientId: LOCAL_TRAINER.clientId } };
const OUTPUTS = { volume: 'results' };

/** A share of the local account, as a placement names it. `files`: where the account is served. */
export function shareOf(name: string, files: string): { url: string; keyRef: string } {
  return { url: `${files}/${LOCAL_ACCOUNT}/${name}`, keyRef: LOCAL_ACCOUNT_KEY_NAME };
}

/** The same names as on the local cluster, so that a spec runs on each placement unchanged. */
export function withSharesOnInstances(placement: AciPlacement, files: string): AciPlacement {
  const results = { share: shareOf('results', files) };
  const data = { share: shareOf('data', files), readOnly: true };
  return { ...placement, identities: IDENTITIES, volumes: { results, data }, outputs: OUTPUTS };
}

/** Through the storages of the environment (standins/container-apps/local-environment.ts). */
export function withSharesOnApps(placement: ContainerAppsPlacement, files: string): ContainerAppsPlacement {
  const results = { storage: 'results', share: shareOf('results', files) };
  const data = { storage: 'data', share: shareOf('data', files), readOnly: true };
  return { ...placement, identities: IDENTITIES, volumes: { results, data }, outputs: OUTPUTS };
}
