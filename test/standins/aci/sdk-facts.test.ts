// What the genuine client does by itself, on which the product's use of it rests
// (docs/facts/azure-resource-manager.md).
import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';

import type { Handler, WireResponse } from '../../../standins/wire/handler';
import { json } from '../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../standins/wire/sdk-http-client';
import { RESOURCE_GROUP, SUBSCRIPTION } from '../../support/placements';
import { group, setStage, UNTIL_RUNNING } from './support';

const credential = {
  getToken: () => Promise.resolve({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

function clientOf(handler: Handler, maxRetries: number, endpoint = 'https://management.azure.com') {
  return new ContainerInstanceManagementClient(credential, SUBSCRIPTION, {
    httpClient: createHandlerHttpClient(handler),
    endpoint,
    allowInsecureConnection: true,
    retryOptions: { maxRetries, retryDelayInMs: 1 },
  });
}

/** The emulator behind a gateway that loses the first answer to a PUT after the PUT has taken effect. */
function losingTheFirstAnswer(inner: Handler): Handler {
  let lost = false;
  return async (request): Promise<WireResponse> => {
    const answer = await inner(request);
    if (request.method !== 'PUT' || lost) return answer;
    lost = true;
    return json(500, { error: { code: 'InternalServerError', message: 'lost' } });
  };
}

it('repeats a PUT whose answer it did not get, unless it is told to retry nothing', async () => {
  for (const [maxRetries, puts] of [
    [3, 2],
    [0, 1],
  ] as const) {
    const { emulator } = setStage();
    const client = clientOf(losingTheFirstAnswer(emulator.handle), maxRetries);
    const create = client.containerGroups.beginCreateOrUpdate(RESOURCE_GROUP, 'one', group());
    await expect(create).rejects.toMatchObject({ statusCode: maxRetries > 0 ? 409 : 500 });
    expect(emulator.ledger().puts).toHaveLength(puts);
  }
});

it('a repeated PUT on a running group starts its program a second time', async () => {
  const stage = setStage({ scripts: [{ prints: [] }] });
  await clientOf(stage.emulator.handle, 0).containerGroups.beginCreateOrUpdate(
    RESOURCE_GROUP,
    'one',
    group(),
  );
  stage.advance(UNTIL_RUNNING);
  const losing = clientOf(losingTheFirstAnswer(stage.emulator.handle), 0);
  await expect(losing.containerGroups.beginCreateOrUpdate(RESOURCE_GROUP, 'one', group())).rejects.toThrow();
  stage.advance(UNTIL_RUNNING);
  expect(stage.emulator.ledger().programs).toHaveLength(2);
});

it('sends no token over http', async () => {
  const client = clientOf(setStage().emulator.handle, 0, 'http://127.0.0.1:7072');
  await expect(client.containerGroups.get(RESOURCE_GROUP, 'one')).rejects.toThrow(
    /not permitted for non-TLS/,
  );
});

it('carries an abort to the caller', async () => {
  const { client } = setStage();
  const abortSignal = AbortSignal.abort();
  await expect(client.containerGroups.get(RESOURCE_GROUP, 'one', { abortSignal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
