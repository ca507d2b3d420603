// The custom roles of infra/ hold what the code takes and nothing else, and a role that doesn't is named.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { roleFaults } from '../../../proofs/roles/role-faults';

const INFRA = join(__dirname, '../../../infra');
const APPS = 'app/roles/apps-role.bicep';

test('each custom role of infra/ holds what the code takes, and nothing else', () => {
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

  test('a role that is gone, and one that nobody needs, are named', () => {
    rmSync(join(folder, 'watchdog/instances-role.bicep'));
    cpSync(join(INFRA, APPS), join(folder, 'app/roles/more-role.bicep'));
    expect(roleFaults(folder)).toEqual([
      "app/roles/more-role.bicep defines a custom role that no list of rights stands for: the code doesn't need it.",
      'watchdog/instances-role.bicep is missing: the code needs its role, with Microsoft.ContainerInstance/containerGroups/read, Microsoft.ContainerInstance/containerGroups/delete.',
    ]);
  });
});
