// The custom roles of infra/ hold what the code takes and nothing else, and a role that doesn't is named.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { roleFaults } from '../../../proofs/roles/role-faults';

const INFRA = join(__dirname, '../../../infra');
const APPS = 'app/roles/apps-role.bicep';
const DATA = 'app/data-access.bicep';

test('each custom role of infra/ holds what the code takes and nothing else, and each role is given where it is needed', () => {
  expect(roleFaults(INFRA)).toEqual([]);
});

describe('of a copy of infra/ with a fault', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gpu-jobs-infra-'));
    cpSync(INFRA, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function change(file: string, from: string, to: string): void {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  }

  test.each([
    [
      'an action that the code does not need',
      APPS,
      "'Microsoft.App/jobs/start/action'\n",
      "'Microsoft.App/jobs/start/action'\n 'Microsoft.App/jobs/listSecrets/action'\n",
      `${APPS} has Microsoft.App/jobs/listSecrets/action among its actions: the code doesn't need it.`,
    ],
    [
      'a wildcard in the place of an action',
      'app/roles/instances-role.bicep',
      "'Microsoft.ContainerInstance/containerGroups/write'",
      "'Microsoft.ContainerInstance/containerGroups/*'",
      [
        "app/roles/instances-role.bicep has Microsoft.ContainerInstance/containerGroups/* among its actions: the code doesn't need it.",
        'app/roles/instances-role.bicep lacks Microsoft.ContainerInstance/containerGroups/write among its actions: the code needs it.',
      ],
    ],
    [
      'an action that the code needs and that is a comment only',
      APPS,
      "'Microsoft.App/jobs/delete'",
      "// 'Microsoft.App/jobs/delete'",
      `${APPS} lacks Microsoft.App/jobs/delete among its actions: the code needs it.`,
    ],
    [
      'a data action that the code needs',
      APPS,
      "'Microsoft.App/jobs/logstream/action'",
      '',
      `${APPS} lacks Microsoft.App/jobs/logstream/action among its dataActions: the code needs it.`,
    ],
    [
      'a data action that the code does not need, on one line',
      'app/roles/clusters-role.bicep',
      'dataActions: []',
      "dataActions: ['Microsoft.ContainerService/managedClusters/*']",
      "app/roles/clusters-role.bicep has Microsoft.ContainerService/managedClusters/* among its dataActions: the code doesn't need it.",
    ],
    [
      'an action that is taken away again',
      'watchdog/apps-role.bicep',
      'notActions: []',
      "notActions: ['Microsoft.App/jobs/write']",
      'watchdog/apps-role.bicep takes Microsoft.App/jobs/write away again: leave it out of the actions instead.',
    ],
    [
      'an action that is computed',
      'watchdog/instances-role.bicep',
      "'Microsoft.ContainerInstance/containerGroups/read'",
      "'Microsoft.ContainerInstance/containerGroups/read'\n          moreActions",
      'watchdog/instances-role.bicep has "actions: moreActions", which is no plain text: write each action out.',
    ],
    [
      'a list that is computed',
      'app/roles/identities-role.bicep',
      'dataActions: []',
      'dataActions: concat(some, others)',
      'app/roles/identities-role.bicep has "dataActions: concat(some, others)", which is no plain text: write each action out.',
    ],
  ])('%s is named', (_, file, from, to, fault) => {
    change(file, from, to);
    expect(roleFaults(folder)).toEqual([fault].flat());
  });

  test.each([
    [
      'a built-in role that the code does not need',
      DATA,
      "'974c5e8b-45b9-4653-ba55-5f855dd0fb88'\n",
      "'974c5e8b-45b9-4653-ba55-5f855dd0fb88'\n  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c'\n",
      `${DATA} gives the role b24988ac-6180-42a0-ab88-20f7382dd24c: the code doesn't need it.`,
    ],
    [
      'a built-in role that the code needs',
      DATA,
      "  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'\n",
      '',
      `${DATA} lacks the role Storage Queue Data Contributor (974c5e8b-45b9-4653-ba55-5f855dd0fb88): the code needs it.`,
    ],
    [
      'a role on the whole group in the place of one resource',
      DATA,
      '  scope: vault\n',
      '',
      [
        `${DATA} gives "onVault" on the whole scope of its deployment: it is needed on Microsoft.Storage/storageAccounts, Microsoft.KeyVault/vaults, Microsoft.Insights/components alone.`,
        `${DATA} gives nothing on Microsoft.KeyVault/vaults: a role is needed there.`,
      ],
    ],
    [
      'a custom role on more than where it is needed',
      'app/placements/apps.bicep',
      "'../roles/access.bicep'",
      "'../roles/subscription-access.bicep'",
      [
        'app/placements/apps.bicep does not give app/roles/apps-role.bicep by app/roles/access.bicep: the code needs it there.',
        'app/placements/apps.bicep gives app/roles/apps-role.bicep by app/roles/subscription-access.bicep: it is for app/roles/access.bicep alone.',
      ],
    ],
    [
      'a custom role of which only the id is told',
      'app/placements/clusters.bicep',
      'role.outputs.roleDefinitionName',
      "'b24988ac-6180-42a0-ab88-20f7382dd24c'",
      [
        'app/placements/clusters.bicep does not give app/roles/clusters-role.bicep by app/roles/cluster-access.bicep: the code needs it there.',
        'app/placements/clusters.bicep gives a role of unknown rights by app/roles/cluster-access.bicep ("access"): nobody needs it.',
      ],
    ],
  ])('%s is named', (_, file, from, to, fault) => {
    change(file, from, to);
    expect(roleFaults(folder)).toEqual([fault].flat());
  });

  test('a file that gives a role that nobody needs is named', () => {
    cpSync(join(INFRA, DATA), join(folder, 'app/more-access.bicep'));
    expect(roleFaults(folder)).toEqual([
      'app/more-access.bicep gives a role that no list of assignments has: nobody needs it.',
    ]);
  });

  test('a role that is gone, and one that nobody needs, are named', () => {
    rmSync(join(folder, 'watchdog/instances-role.bicep'));
    cpSync(join(INFRA, APPS), join(folder, 'app/roles/more-role.bicep'));
    expect(roleFaults(folder)).toEqual([
      "app/roles/more-role.bicep defines a custom role that no list of rights stands for: the code doesn't need it.",
      'watchdog/instances-role.bicep is missing: the code needs its role, with Microsoft.ContainerInstance/containerGroups/read, Microsoft.ContainerInstance/containerGroups/delete.',
    ]);
  });
});
