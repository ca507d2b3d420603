// The contract on data over the emulator of Container Instances, by the genuine client.
import { join } from 'node:path';

import { createAciBackend } from '../../../backends/aci/aci-backend';
import { aciFacts } from '../../../backends/aci/facts';
import { createVolumeFolders } from '../../../standins/containers/volume-folders';
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY } from '../../../standins/files/local-account';
import { type DataStage, describeBackendData } from '../../contract/backend-data';
import { TOO_LARGE } from '../../contract/backend-stage';
import { setStage } from '../../standins/aci/support';
import { RESOURCE_GROUP, SUBSCRIPTION, testPlacement } from '../../support/placements';
import { NEVER_ENDS } from '../../support/world/region';

const TRAINER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer`;
const CLIENT = '10000000-0000-4000-8000-000000000002';
const share = (name: string) => ({
  share: { url: `https://${LOCAL_ACCOUNT}.file.core.windows.net/${name}`, keyRef: 'account-key' },
});

describeBackendData((folder): DataStage => {
  const keys = { [LOCAL_ACCOUNT]: LOCAL_ACCOUNT_KEY };
  const volumeFolders = createVolumeFolders({ shares: join(folder, 'shares'), keys, scratch: folder });
  const { emulator, client, advance, programs, started } = setStage({ volumeFolders, scripts: [NEVER_ENDS] });
  const placement = testPlacement({
    volumes: { results: share('results'), data: { ...share('data'), readOnly: true } },
    outputs: { volume: 'results' },
    identities: { trainer: { id: TRAINER, clientId: CLIENT } },
  });
  return {
    backend: createAciBackend(placement, () => ({ creating: client, reading: client })),
    facts: aciFacts(placement),
    placement: placement.name,
    offers: placement,
    volumeKeys: { results: LOCAL_ACCOUNT_KEY, data: LOCAL_ACCOUNT_KEY },
    started,
    identityOf: async (name) => {
      const { identity } = await client.containerGroups.get(RESOURCE_GROUP, name);
      return Object.keys(identity?.userAssignedIdentities ?? {})[0];
    },
    trainer: TRAINER,
    clientId: CLIENT,
    advance,
    untilReady: 0,
    untilRunning: 2_000,
    runs: 5_000,
    untilGone: 2_000,
    creates: () => emulator.ledger().puts.length,
    starts: () => emulator.ledger().programs.length,
    commandLine: () => programs.at(-1) ?? [],
    entrypoint: [],
    invalid: TOO_LARGE,
    refuseCreates: () => undefined,
  };
});
