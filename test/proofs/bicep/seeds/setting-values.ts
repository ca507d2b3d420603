// Settings of Azure's libraries that are given something else than they take.
import type { Seed } from './seed';

const INSIGHTS =
  "          name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'\n          value: insights.properties.ConnectionString\n        }\n";
const CREDENTIAL = "          name: 'AzureWebJobsStorage__credential'\n          value: 'managedidentity'\n";
const ACCOUNT = "          name: 'AzureWebJobsStorage__accountName'\n          value: account.name\n";
const AUTHENTICATION = 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING';

const member = (name: string, value: string): string =>
  `          name: '${name}'\n          value: ¦${value}\n`;
const authentication = (value: string): Pick<Seed, 'file' | 'from' | 'to'> => ({
  file: 'app.bicep',
  from: INSIGHTS,
  to: `${INSIGHTS}        {\n${member(AUTHENTICATION, value)}        }\n`,
});

export const SETTING_VALUES: readonly Seed[] = [
  {
    fault: 'the id of an identity for its client id, by way of a module',
    file: 'identity.bicep',
    from: 'output clientId string = identity.properties.clientId',
    to: 'output clientId string = identity.id',
    says: '"AZURE_CLIENT_ID" takes the client id of an identity, "properties.clientId", not "id" of "identity"',
  },
  {
    fault: 'a principal id for the client id',
    file: 'identity.bicep',
    from: 'output clientId string = identity.properties.clientId',
    to: 'output clientId string = identity.properties.principalId',
    says: 'not "principalId" of "identity"',
  },
  {
    fault: 'a name for the client id',
    file: 'app.bicep',
    from: "          name: 'AZURE_CLIENT_ID'\n          value: clientId\n",
    to: member('AZURE_CLIENT_ID', "'gpu-jobs'"),
    says: "not 'gpu-jobs'",
  },
  {
    fault: 'a misspelt kind of credential',
    file: 'app.bicep',
    from: CREDENTIAL,
    to: member('AzureWebJobsStorage__credential', "'managedIdentities'"),
    says: "takes 'managedidentity', not 'managedIdentities'",
  },
  {
    fault: 'the id of an account for its name',
    file: 'app.bicep',
    from: ACCOUNT,
    to: member('AzureWebJobsStorage__accountName', 'account.id'),
    says: 'not "id" of "account"',
  },
  {
    fault: 'the address of the queues for that of the blobs',
    file: 'app.bicep',
    from: ACCOUNT,
    to: member('AzureWebJobsStorage__blobServiceUri', 'account.properties.primaryEndpoints.queue'),
    says: 'not "queue" of "account"',
  },
  {
    fault: 'the id of an Application Insights for its connection string',
    file: 'app.bicep',
    from: INSIGHTS,
    to: `${member('APPLICATIONINSIGHTS_CONNECTION_STRING', 'insights.id')}        }\n`,
    says: 'not "id" of "insights"',
  },
  {
    fault: 'another form of the authentication of Application Insights',
    ...authentication("'clientId:${clientId}'"),
    says: "takes a text as 'ClientId=…;Authorization=AAD', not 'clientId:…'",
  },
  {
    fault: 'the authentication of Application Insights without its kind',
    ...authentication("'ClientId=${clientId}'"),
    says: "not 'ClientId=…'",
  },
  {
    fault: 'another id within the authentication of Application Insights',
    ...authentication("'ClientId=${app.id};Authorization=AAD'"),
    says: 'The ClientId in "APPLICATIONINSIGHTS_AUTHENTICATION_STRING" is the client id',
  },
];
