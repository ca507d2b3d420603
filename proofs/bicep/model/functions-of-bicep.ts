// The functions that Bicep has, each with what it takes and returns, in Bicep's own notation of types. `…` before the
// last type: any number of it. Several lines of one name: each is a way to call it.
//
// Read in Azure/bicep at 9beb0fe (21 August 2026), src/Bicep.Core/Semantics/Namespaces/{Sys,Az}NamespaceType.cs.
export const FUNCTIONS_OF_BICEP = `
any(any) any
array(any) array
base64(string) string
base64ToJson(string) any
base64ToString(string) string
bool(any) bool
buildUri(object) string
cidrHost(string, int) string
cidrSubnet(string, int, int) string
concat(…array) array
concat(…string | int | bool) string
contains(object, string) bool
contains(array, any) bool
contains(string, string) bool
dataUri(any) string
dataUriToString(string) string
dateTimeAdd(string, string, string?) string
dateTimeFromEpoch(int) string
dateTimeToEpoch(string) int
distinct(array) array
empty(null | object | array | string) bool
endsWith(string, string) bool
fail(string) never
filter(array, lambda) array
first(array) any
first(string) string
flatten(array[]) array
format(string, …any) string
groupBy(array, lambda, lambda?) object
guid(string, …string) string
indexOf(string, string) int
indexOf(array, any) int
int(string | int) int
intersection(object, …object) object
intersection(array, …array) array
items(object) array
join((string | int | bool)[], string) string
json(string) any
last(array) any
last(string) string
lastIndexOf(string, string) int
lastIndexOf(array, any) int
length(string | object) int
length(array) int
like(string, string) bool
loadDirectoryFileInfo(string, string?) any
loadFileAsBase64(string) string
loadJsonContent(string, string?, string?) any
loadTextContent(string, string?) string
loadYamlContent(string, string?, string?) any
map(array, lambda) array
mapValues(object, lambda) object
max(int, …int) int
max(int[]) int
min(int, …int) int
min(int[]) int
nameof(any) string
newGuid() string
objectKeys(object) string[]
padLeft(string | int, int, string?) string
parseCidr(string) object
parseUri(string) object
range(int, int) int[]
reduce(array, any, lambda) any
replace(string, string, string) string
shallowMerge(object[]) object
skip(array, int) array
skip(string, int) string
sort(array, lambda) array
split(string, string | array) string[]
startsWith(string, string) bool
string(any) string
substring(string, int, int?) string
take(array, int) array
take(string, int) string
toLower(string) string
toObject(array, lambda, lambda?) object
toUpper(string) string
trim(string) string
union(object, …object) object
union(array, …array) array
uniqueString(string, …string) string
uri(string, string) string
uriComponent(string) string
uriComponentToString(string) string
utcNow(string?) string
deployer() object
deployment() object
environment() object
extensionResourceId(string, string, string, …string) string
getSecret(string, string, string, string, string?) string
managementGroup(string?) object
managementGroupResourceId(string, string, …string) string
pickZones(string, string, string, int?, int?) array
providers(string, string?) object
reference(string, string?, string?) object
resourceGroup() object
resourceGroup(string, string?) object
resourceId(string, string, …string) string
roleDefinitions(string) object
subscription(string?) object
subscriptionResourceId(string, string, …string) string
tenant() object
tenantResourceId(string, string, …string) string
toLogicalZone(string, string, string) string
toLogicalZones(string, string, array) string[]
toPhysicalZone(string, string, string) string
toPhysicalZones(string, string, array) string[]
readEnvironmentVariable(string, string?) string
readCliArg(string) string
externalInput(string, any?) any
`;

/** `listKeys(id, version)` and its like: any name that begins with "list". */
export const LIST_FUNCTION = '(string, string, object?) any';

/** What can be asked of a resource that the file names: `account.listKeys()`. */
export const METHODS: Readonly<Record<string, string>> = {
  getSecret: '(string, string?) string',
  list: '(string?, object?) any',
};

/** Of those that tell of where the deployment goes. `resourceGroup('other')` tells nothing: nobody has read it. */
export const PROPERTIES_OF_SCOPES = {
  resourceGroup:
    '{ id: string, name: string, type: string, location: string, managedBy: string?, tags: object, properties: { provisioningState: string } }',
  subscription: '{ id: string, subscriptionId: string, tenantId: string, displayName: string }',
  managementGroup: '{ id: string, name: string, type: string, properties: object }',
  tenant: '{ tenantId: string, country: string, countryCode: string, displayName: string }',
} as const;

export const PROPERTIES_OF_RESULTS: Readonly<Record<string, string>> = {
  deployer: '{ objectId: string, tenantId: string, userPrincipalName: string }',
  deployment: '{ name: string, location: string, properties: object, tags: object? }',
  environment: `{
    name: string
    activeDirectoryDataLake: string
    authentication: { audiences: string[], identityProvider: string, loginEndpoint: string, tenant: string }
    batch: string
    gallery: string
    graph: string
    graphAudience: string
    media: string
    portal: string
    resourceManager: string
    sqlManagement: string
    suffixes: {
      acrLoginServer: string
      azureFrontDoorEndpointSuffix: string
      azureDatalakeAnalyticsCatalogAndJob: string
      azureDatalakeStoreFileSystem: string
      keyvaultDns: string
      sqlServerHostname: string
      storage: string
    }
    vmImageAliasDoc: string
  }`,
  roleDefinitions: '{ id: string, roleDefinitionId: string }',
};
