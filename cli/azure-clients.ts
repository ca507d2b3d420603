// The clients of Azure that sweep and doctor use. The CLI's own package leaves them to whoever needs these commands.
import { CliError } from './cli-error';
import { EXIT } from './exit-codes';

/** By name, the versions that the product is tried with; a test holds them to package.json. */
export const AZURE_CLIENTS: Readonly<Record<string, string>> = {
  '@azure/arm-appcontainers': '^4.0.0',
  '@azure/arm-containerinstance': '^9.1.0',
  '@azure/core-client': '^1.11.2',
  '@azure/core-rest-pipeline': '^1.25.1',
  '@azure/data-tables': '^13.3.2',
  '@azure/identity': '^4.14.1',
  '@azure/keyvault-secrets': '^4.12.0',
  '@azure/monitor-query-logs': '^1.0.0',
  '@azure/storage-blob': '^12.34.0',
  '@azure/storage-file-share': '^12.31.0',
  '@azure/storage-queue': '^12.32.0',
};

/** Throws a CliError that says what to install, where one of them is not. Loads none. */
export function needAzureClients(find: (name: string) => unknown = require.resolve): void {
  const missing = Object.entries(AZURE_CLIENTS).filter(([name]) => !isThere(name, find));
  if (missing.length === 0) return;
  const install = missing.map(([name, range]) => `"${name}@${range}"`).join(' ');
  throw new CliError(
    `This asks Azure itself, which needs packages that are not installed: ${missing.map(([name]) => name).join(', ')}.\n` +
      `Install them where gpujobs is (with -g if it is there): npm install ${install}`,
    EXIT.config,
  );
}

function isThere(name: string, find: (name: string) => unknown): boolean {
  try {
    find(name);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return false;
    throw error;
  }
}
