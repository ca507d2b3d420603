// What the doctor reads of registries and identities, as rights of whoever runs it.
import {
  DOCTOR_PULL_RIGHTS,
  DOCTOR_RIGHTS,
  ENVIRONMENT_RIGHTS,
  REGION_RIGHTS,
} from '../../../../backends/container-apps/rights';
import { type RequestedRight, rightsOf } from '../../../../standins/rights/requested';
import { differences } from '../../../support/rights/in-use';
import { setPullStage, WORLD } from './pull-stage';

test('its looks at pulls take what is listed for them, and nothing else', async () => {
  const asked: RequestedRight[] = [];
  for (const faults of [[], [{ kind: 'registry-missing' as const }]])
    await setPullStage(faults, WORLD, undefined, (request) => asked.push(...rightsOf(request))).inspected();
  // What its other looks take stands in rights-in-use.test.ts.
  const others = [...DOCTOR_RIGHTS, ...ENVIRONMENT_RIGHTS, ...REGION_RIGHTS, 'Microsoft.App/jobs/read'];
  const ofPulls = asked.filter(({ name }) => !others.includes(name));
  expect(differences([{ scope: '', actions: DOCTOR_PULL_RIGHTS }], ofPulls)).toEqual({
    unused: [],
    unlisted: [],
  });
});
