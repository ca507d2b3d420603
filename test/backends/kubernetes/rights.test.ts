import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import { kubernetesInspections } from '../../../backends/kubernetes/doctor/inspections';
import {
  DOCTOR_RIGHTS,
  type Right,
  rightInWords,
  RUNNER_RIGHTS,
  WATCHDOG_RIGHTS,
} from '../../../backends/kubernetes/rights';
import { clusterApi, placementWith, setCluster, TODAY } from './doctor/cluster-to-inspect';
import { rightOf } from './requested-rights';

const texts = z.array(z.string());
const roleSchema = z.object({
  rules: z.array(
    z.object({ apiGroups: texts, resources: texts, verbs: texts, resourceNames: texts.optional() }),
  ),
});
type Named = Right & { readonly name?: string };

/** Each right that the manifest's role grants. */
function grantedBy(file: string): Named[] {
  const text = readFileSync(join(__dirname, '../../../infra/kubernetes', file), 'utf8');
  return roleSchema
    .parse(parse(text))
    .rules.flatMap(({ apiGroups, resources, verbs, resourceNames }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          verbs.flatMap((verb): Named[] =>
            resourceNames === undefined
              ? [{ group, resource, verb }]
              : resourceNames.map((name) => ({ group, resource, verb, name })),
          ),
        ),
      ),
    );
}

const inWords = (rights: readonly Named[]): string[] =>
  rights.map((right) => `${rightInWords(right)} ${right.name ?? ''}`.trim()).toSorted();

test.each([
  ['runner.yaml', RUNNER_RIGHTS],
  ['watchdog.yaml', WATCHDOG_RIGHTS],
  ['doctor.yaml', DOCTOR_RIGHTS],
])('%s grants what its purpose takes, and nothing else', (file, rights) => {
  expect(inWords(grantedBy(file))).toEqual(inWords(rights));
});

test('the watchdog may do nothing that the app may not', () => {
  expect(inWords(WATCHDOG_RIGHTS).filter((right) => !inWords(RUNNER_RIGHTS).includes(right))).toEqual([]);
});

test("the looks read what the doctor's role and the runner's grant, and nothing else", async () => {
  const stage = setCluster();
  await stage.advance(1_000);
  const asked = new Set<string>();
  const api = clusterApi(stage);
  const recorded: typeof api = {
    send: (request) => {
      const right = rightOf(request.method, request.path);
      if (right !== undefined) asked.add(right.inWords);
      return api.send(request);
    },
  };
  const placement = placementWith({
    volumes: { data: { claim: 'data' } },
    identities: { trainer: { serviceAccount: 'trainer' } },
  });
  for (const { check } of kubernetesInspections(placement, () => recorded, TODAY)) await check();
  const doctor = DOCTOR_RIGHTS.map(rightInWords);
  const may = new Set([...doctor, ...RUNNER_RIGHTS.map(rightInWords)]);
  expect([...asked].filter((right) => !may.has(right))).toEqual([]);
  expect(doctor.filter((right) => !asked.has(right))).toEqual([]);
});
