// Secrets that are given away by an output, or that stand in plain text in a resource.
import type { Seed } from './seed';

const URL = "output url string = 'https";
const output = (written: string): Pick<Seed, 'file' | 'from' | 'to'> => ({
  file: 'app.bicep',
  from: URL,
  to: `${written}\n${URL}`,
});

const FLOOR = "          name: 'GPU_JOBS_POLL_FLOOR_MS'\n          value: '2000'\n";
const setting = (name: string, value: string): Pick<Seed, 'file' | 'from' | 'to'> => ({
  file: 'app.bicep',
  from: FLOOR,
  to: `          name: '${name}'\n          value: ${value}\n`,
});
const KEY = "'AccountKey=${account.listKeys().keys[0].value}'";

const OUTPUTS: readonly Seed[] = [
  {
    fault: 'the connection string of an Application Insights in an output',
    ...output('output k string = ¦insights.properties.ConnectionString'),
    says: 'gives away "ConnectionString" of "insights"',
  },
  {
    fault: 'an instrumentation key in an output',
    ...output("output k string = ¦insights.properties['InstrumentationKey']"),
    says: 'gives away "InstrumentationKey" of "insights"',
  },
  {
    fault: 'a connection string in an output by way of variables',
    ...output('var all = insights.properties\nvar own = all.ConnectionString\noutput k string = ¦own'),
    says: 'gives away "ConnectionString" of "insights"',
  },
  {
    fault: 'a connection string in an output within a string',
    ...output("output k string = ¦'to ${insights.properties.ConnectionString}'"),
    says: 'gives away "ConnectionString" of "insights"',
  },
  {
    fault: 'a connection string in an output as a member',
    ...output('output k object = ¦{\n  to: [\n    insights.properties.ConnectionString\n  ]\n}'),
    says: 'gives away "ConnectionString" of "insights"',
  },
  {
    fault: 'all properties of an Application Insights in an output',
    ...output('output k object = ¦insights.properties'),
    says: 'which is in its "properties"',
  },
  {
    fault: 'a key that a reference tells in an output',
    ...output("output k string = ¦reference(insights.id, '2020-02-02').InstrumentationKey"),
    says: 'gives away "InstrumentationKey" of a resource',
  },
  {
    fault: 'a shared key in an output in one of two cases',
    ...output("output k string = ¦principalType == 'User' ? workspace.listKeys().primarySharedKey : ''"),
    says: 'gives away what "listKeys" tells',
  },
  {
    fault: 'keys in an output of a loop',
    ...output('output k array = ¦[for one in account.listKeys().keys: one.value]'),
    says: 'gives away what "listKeys" tells',
  },
  {
    fault: 'a connection string in an output that another file puts out again',
    file: 'app.bicep',
    from: "'https://${app.properties.defaultHostName}'",
    to: 'insights.properties.ConnectionString',
    says: 'main.bicep:70:21: The output "url" gives away "ConnectionString" of "insights"',
  },
  {
    fault: 'a secret by its name within the properties of a job',
    file: 'runner.bicep',
    from: 'output name string = runner.name',
    to: 'output name string = ¦runner.properties.configuration.secrets[0].value',
    says: 'gives away "value" of "runner"',
  },
];

const REFERENCE = '@Microsoft.KeyVault(SecretUri=';

const PLAIN: readonly Seed[] = [
  {
    fault: 'a key in plain text in a setting',
    ...setting('AzureWebJobsStorage', `¦${KEY}`),
    says: REFERENCE,
  },
  {
    fault: 'a secret parameter in a setting',
    ...setting('GPU_JOBS_WEBHOOK_SECRET', '¦hookToken'),
    says: 'holds the secret "hookToken" in plain text',
  },
  {
    fault: 'a secret parameter within a string in a setting',
    ...setting('GPU_JOBS_WEBHOOK_SECRET', "¦'x${hookToken}'"),
    says: 'holds the secret "hookToken" in plain text',
  },
  {
    fault: 'a key instead of the connection string of Application Insights',
    ...setting('APPLICATIONINSIGHTS_CONNECTION_STRING', `¦${KEY}`),
    says: REFERENCE,
  },
  {
    fault: 'the connection string of Application Insights in another setting',
    ...setting('GPU_JOBS_KEY_VAULT', '¦insights.properties.ConnectionString'),
    says: 'holds "ConnectionString" of "insights"',
  },
  {
    fault: 'a secret in a setting of a variable',
    file: 'app.bicep',
    from: "    value: '[]'",
    to: '    value: ¦hookToken',
    says: 'holds the secret "hookToken" in plain text',
  },
  {
    fault: 'a secret in a setting of a child of the site',
    file: 'app.bicep',
    from: "resource storageAccess 'Microsoft",
    to: "resource more 'Microsoft.Web/sites/config@2025-03-01' = {\n  parent: app\n  name: 'appsettings'\n  properties: {\n    hookPassword: ¦hookToken\n  }\n}\n\nresource storageAccess 'Microsoft",
    says: '"properties.hookPassword" of "more" holds the secret "hookToken" in plain text',
  },
  {
    fault: 'a secret in a connection string of the site',
    file: 'app.bicep',
    from: "      minTlsVersion: '1.2'\n",
    to: `      minTlsVersion: '1.2'\n      connectionStrings: [\n        {\n          name: 'x'\n          type: 'Custom'\n          connectionString: ¦${KEY}\n        }\n      ]\n`,
    says: REFERENCE,
  },
  {
    fault: 'a secret in the environment of a container',
    file: 'runner.bicep',
    from: "              secretRef: 'registry'",
    to: '              value: ¦registryPassword',
    says: 'name it here by "secretRef"',
  },
  {
    fault: 'secrets in the environment of a container by way of a loop',
    file: 'runner.bicep',
    from: 'env: concat(shared, [',
    to: 'env: concat(map(items(tokens), one => {\n            name: one.key\n            value: ¦one.value\n          }), [',
    says: 'holds the secret "tokens" in plain text',
  },
  {
    fault: 'a secret in a tag',
    file: 'runner.bicep',
    from: "    kind: 'runner'",
    to: '    password: ¦registryPassword',
    says: '"tags.password" of "runner" holds the secret "registryPassword"',
  },
  {
    fault: 'a secret in a description of a role assignment',
    file: 'app.bicep',
    from: "    principalType: 'ServicePrincipal'\n",
    to: "    principalType: 'ServicePrincipal'\n    description: ¦'by ${hookToken}'\n",
    says: 'keep it in a key vault',
  },
  {
    fault: "a key in a container's arguments",
    file: 'runner.bicep',
    from: "          name: 'runner'\n          image",
    to: "          name: 'runner'\n          args: [\n            ¦workspace.listKeys().primarySharedKey\n          ]\n          image",
    says: 'holds what "listKeys" tells in plain text',
  },
];

export const SECRETS: readonly Seed[] = [...OUTPUTS, ...PLAIN];
