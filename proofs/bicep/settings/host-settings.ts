// Settings that are read by others than the app's own code: the Functions host, Application Insights, the identity
// library and Node. README.md tells where they are from.

const NAMES: readonly string[] = [
  // The host.
  'AzureFunctionsWebHost__hostid',
  'AzureWebJobsStorage',
  'AzureWebJobsFeatureFlags',
  'AzureWebJobsSecretStorageType',
  'AzureWebJobsSecretStorageKeyVaultUri',
  'AzureWebJobsSecretStorageKeyVaultClientId',
  'AzureWebJobsDisableHomepage',
  'AZURE_FUNCTIONS_ENVIRONMENT',
  'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT',
  'SCALE_CONTROLLER_LOGGING_ENABLED',
  'languageWorkers__node__arguments',
  'WEBSITE_AUTH_AAD_ALLOWED_TENANTS',
  'WEBSITE_CLOUD_ROLENAME',
  // Application Insights.
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  // The identity library.
  'AZURE_CLIENT_ID',
  'AZURE_TENANT_ID',
  'AZURE_AUTHORITY_HOST',
  'AZURE_TOKEN_CREDENTIALS',
  'AZURE_LOG_LEVEL',
  // Node.
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
];

/** Parts of the host's connection to its storage by identity. */
const CONNECTION_PARTS: readonly string[] = [
  'accountName',
  'blobServiceUri',
  'queueServiceUri',
  'tableServiceUri',
  'credential',
  'clientId',
];

const CONNECTION = 'AzureWebJobsStorage__';

export const HOST_SETTINGS: readonly string[] = [
  ...NAMES,
  ...CONNECTION_PARTS.map((part) => `${CONNECTION}${part}`),
];

/** Others by their beginning: parts of host.json, functions that are off, what OpenTelemetry reads. */
const PATTERNS: readonly RegExp[] = [
  /^AzureFunctionsJobHost__[A-Za-z0-9_]+$/,
  /^AzureWebJobs\.[A-Za-z][A-Za-z0-9_-]*\.Disabled$/,
  /^OTEL_[A-Z_]+$/,
];

export const isHostSetting = (name: string): boolean =>
  HOST_SETTINGS.includes(name) || PATTERNS.some((pattern) => pattern.test(name));
