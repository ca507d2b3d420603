// The limits of Flex Consumption. README.md tells where they are from.

const FORBIDDEN_SETTINGS: readonly string[] = [
  'ENABLE_ORYX_BUILD',
  'FUNCTIONS_EXTENSION_VERSION',
  'FUNCTIONS_MAX_HTTP_CONCURRENCY',
  'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED',
  'FUNCTIONS_WORKER_PROCESS_COUNT',
  'FUNCTIONS_WORKER_RUNTIME',
  'FUNCTIONS_WORKER_RUNTIME_VERSION',
  'SCM_DO_BUILD_DURING_DEPLOYMENT',
  'TZ',
  'WEBSITE_DNS_SERVER',
  'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT',
  'WEBSITE_NODE_DEFAULT_VERSION',
  'WEBSITE_RUN_FROM_PACKAGE',
  'WEBSITE_SKIP_CONTENTSHARE_VALIDATION',
  'WEBSITE_TIME_ZONE',
  'WEBSITE_VNET_ROUTE_ALL',
];

export const isForbiddenSetting = (name: string): boolean =>
  FORBIDDEN_SETTINGS.includes(name.toUpperCase()) || name.toUpperCase().startsWith('WEBSITE_CONTENT');

export const FORBIDDEN_IN_PROPERTIES: readonly string[] = ['containerSize', 'isXenon', 'hyperV'];

export const FORBIDDEN_IN_SITE_CONFIG: readonly string[] = [
  'alwaysOn',
  'functionAppScaleLimit',
  'functionsRuntimeScaleMonitoringEnabled',
  'javaVersion',
  'linuxFxVersion',
  'minimumElasticInstanceCount',
  'netFrameworkVersion',
  'nodeVersion',
  'numberOfWorkers',
  'phpVersion',
  'powerShellVersion',
  'preWarmedInstanceCount',
  'pythonVersion',
  'use32BitWorkerProcess',
  'vnetRouteAllEnabled',
  'websiteTimeZone',
  'windowsFxVersion',
];

export const NODE_VERSIONS: readonly string[] = ['22', '24'];
export const MEMORY_SIZES: readonly number[] = [512, 2048, 4096];
/** Groups of functions that scale apart and can have instances that are always ready. */
export const GROUPS: readonly string[] = ['http', 'durable', 'blob'];

/** Where in functionAppConfig, the least and the most. */
export const LIMITS: readonly (readonly [readonly string[], number, number])[] = [
  [['scaleAndConcurrency', 'maximumInstanceCount'], 1, 1000],
];
