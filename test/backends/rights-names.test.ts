// What the lists of rights may say: names that Azure's services publish, and a wildcard only where there is none.
import { REGION_RIGHTS, RUNNER_RIGHTS, WATCHDOG_RIGHTS } from '../../backends/aci/rights';
import { IDENTITY_RIGHTS } from '../../backends/arm/identity-rights';
import * as apps from '../../backends/container-apps/rights';
import { AKS_RIGHTS } from '../../backends/kubernetes/rights';
import { grants } from '../../standins/rights/grants';
import { LINKED_OF_QUERIES, LINKED_RIGHTS } from '../../standins/rights/linked';
import { PUBLISHED_OPERATIONS, QUERY_OPERATIONS, STREAM_OPERATION } from '../../standins/rights/operations';

const RIGHTS = [
  ...new Set([
    ...RUNNER_RIGHTS,
    ...REGION_RIGHTS,
    ...WATCHDOG_RIGHTS,
    ...IDENTITY_RIGHTS,
    ...AKS_RIGHTS,
    ...Object.values(apps).flat(),
  ]),
];
const NAMELESS = PUBLISHED_OPERATIONS.flatMap(({ unpublished = [] }) => unpublished);
const PUBLISHED = [
  ...PUBLISHED_OPERATIONS.flatMap(({ operations }) => operations.flatMap(({ names }) => names)),
  ...LINKED_RIGHTS.map(({ name }) => name),
  ...QUERY_OPERATIONS.names,
  LINKED_OF_QUERIES.name,
  STREAM_OPERATION.name,
].filter((name) => !NAMELESS.includes(name));

test.each(RIGHTS.filter((right) => !right.includes('*')))(
  '%s is a name that a service publishes',
  (right) => {
    expect(PUBLISHED).toContain(right);
  },
);

test.each(RIGHTS.filter((right) => right.includes('*')))(
  '%s stands for an operation without a name, and fits one that has a name',
  (right) => {
    expect(NAMELESS.some((name) => grants(right, name))).toBe(true);
    expect(PUBLISHED.some((name) => grants(right, name))).toBe(true);
  },
);

test.each(PUBLISHED)('%s is asked for by something in these lists', (name) => {
  expect(RIGHTS.some((right) => grants(right, name))).toBe(true);
});
