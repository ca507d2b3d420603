// The create of a Job is not sent once its time has passed.
import { prepared, refOn, requestOf } from '../../../contract/backend-stage';
import { setKubernetesStage } from '../kubernetes-stage';

test.each([
  ['is sent while its time lasts', false, 'accepted', 1],
  ['is not sent when its time passed while its Secrets were read', true, 'refused', 0],
])('a create %s', async (_, standsStill, kind, sent) => {
  let isInTime = true;
  const stage = setKubernetesStage({
    intercept: ({ method, url }) => {
      if (standsStill && method === 'GET' && url.pathname.includes('/secrets/')) isInTime = false;
      return undefined;
    },
  });
  const request = requestOf(refOn(stage), stage.preparing?.spec, stage.preparing?.secrets);
  expect(await prepared(stage, request)).toEqual({ kind: 'ready' });
  expect(await stage.backend.create({ ...request, mayBeSent: () => isInTime })).toMatchObject({ kind });
  expect(stage.creates()).toBe(sent);
});
