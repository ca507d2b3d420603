// What only a deployment knows: its stand-ins, where they may go, and what is ignored whatever it asks.
import { notesOf, problemsOf, specOf } from '../support/parse';
import { template } from './support';

describe('what only a deployment knows', () => {
  const labelled = (expression: string): Record<string, unknown> =>
    template({ group: { tags: { t: `[${expression}]` } } });

  test('the location counts when it is given', () => {
    const document = template({ value: '[resourceGroup().location]' });
    expect(specOf(document, { location: 'westus2' })).toMatchObject({ env: { V: 'westus2' } });
    expect(problemsOf(document)).toEqual([
      expect.stringMatching(/resourceGroup\(\).location is not known here: give `location` \(--location\)/),
    ]);
  });

  test.each([
    ['resourceGroup().name', 'resource-group'],
    ['subscription().subscriptionId', '00000000-0000-0000-0000-000000000000'],
    ['deployment().name', 'deployment'],
    [
      "resourceId('Microsoft.Storage/storageAccounts', 's')",
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/resource-group/providers/Microsoft.Storage/storageAccounts/s',
    ],
    [
      "resourceId('g', 'A.B/c/d', 'e', 'f')",
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/A.B/c/e/d/f',
    ],
    [
      "subscriptionResourceId('A.B/c', 'e')",
      '/subscriptions/00000000-0000-0000-0000-000000000000/providers/A.B/c/e',
    ],
  ])('%s has a stand-in for labels, and a note says so', (expression, value) => {
    const document = labelled(expression);
    expect(specOf(document)).toMatchObject({ labels: { t: value } });
    expect(notesOf(document)).toContainEqual(expect.stringMatching(/^warning .*\/tags\/t .*not known here/));
  });

  test.each([
    ["resourceId('s', 'g', 'A.B/c', 'e')", '/subscriptions/s/resourceGroups/g/providers/A.B/c/e'],
    ["tenantResourceId('A.B/c', 'e')", '/providers/A.B/c/e'],
    ["extensionResourceId('/subscriptions/s', 'A.B/c', 'e')", '/subscriptions/s/providers/A.B/c/e'],
  ])('%s says all by itself', (expression, value) => {
    expect(specOf(template({ value: `[${expression}]` }))).toMatchObject({ env: { V: value } });
  });

  test('uniqueString has 13 characters for labels, the same each time, and not those of Azure', () => {
    const document = labelled("uniqueString('a', 'b')");
    expect(specOf(document)).toMatchObject({
      labels: { t: expect.stringMatching(/^[a-z]{13}$/) as unknown },
    });
    expect(specOf(document)).toEqual(specOf(document));
    expect(notesOf(document)).toContainEqual(
      expect.stringMatching(/uniqueString\(\) gives another value here than Azure does/),
    );
  });

  test.each([
    [
      "[format('{0}.azurecr.io', uniqueString('a'))]",
      /uniqueString\(\) gives another value here than Azure does/,
    ],
    ["[if(equals(resourceGroup().name, 'prod'), 'a', 'b')]", /resourceGroup\(\) is not known here/],
    ['[string(empty(subscription().displayName))]', /subscription\(\) is not known here/],
    ["[createObject('a', deployment().name).a]", /deployment\(\) is not known here/],
  ])('%s never reaches the program, nor what a stand-in decides', (value, why) => {
    const [problem, ...others] = problemsOf(template({ value }));
    expect(problem).toMatch(why);
    expect(problem).toMatch(/can't be told: .* make it a parameter and give it beside the template$/);
    expect(others).toEqual([]);
  });

  test('a stand-in decides nothing about whether the group is deployed', () => {
    expect(
      problemsOf(template({ group: { condition: "[equals(subscription().subscriptionId, 'x')]" } }))[0],
    ).toMatch(/^\/resources\/0\/condition can't be told: subscription\(\)/);
  });

  test('a stand-in never chooses who pulls the image', () => {
    const credentials = [
      { server: 'r', identity: "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'i')]" },
    ];
    const document = template();
    const [group] = document['resources'] as { properties: object }[];
    Object.assign(group?.properties ?? {}, { imageRegistryCredentials: credentials });
    expect(problemsOf(document)[0]).toMatch(
      /imageRegistryCredentials\/0\/identity can't be told: resourceId\(\)/,
    );
  });

  test('what is ignored may ask Azure for whatever it likes', () => {
    const document = template({
      group: { location: "[reference('x').location]", dependsOn: ["[resourceId('A/b', 'c')]"] },
    });
    expect(notesOf(document).map((note) => note.split(' ')[1])).toEqual([
      '/resources/0/location',
      '/resources/0/dependsOn',
    ]);
  });
});
