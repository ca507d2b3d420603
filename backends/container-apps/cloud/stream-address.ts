// Where a stream may be read: an answer names the address, and a token of the job is sent there.
import { RetryableError } from '../../../domain/errors';
import { isLoopback } from '../../../domain/parse/loopback';
import { isAtEndpoint } from '../../arm/stay-at-endpoint';

/**
 * A region's own host, in Azure and in its sovereign clouds (docs/facts/container-apps.md#log-stream). What has another
 * label before it may be a customer's app.
 */
const REGION_HOST = /^[a-z0-9-]+\.azurecontainerapps\.(?:dev|us|cn)$/;

/**
 * The address as an answer named it. `endpoint`: Resource Manager's; an emulator on this machine has its streams there
 * too.
 *
 * @throws RetryableError where no token may be sent there. Another answer may name another address.
 */
export function streamAddress(named: string, endpoint: URL): URL {
  const url = URL.canParse(named) ? new URL(named) : undefined;
  if (url !== undefined && isTrusted(url, endpoint)) return url;
  const where = url === undefined ? 'what is no URL' : `${url.protocol}//${url.host}`;
  throw new RetryableError(
    `Resource Manager says that a stream is at ${where}, where no token is sent: it must be https at a region's host such as eastus.azurecontainerapps.dev.`,
  );
}

function isTrusted(url: URL, endpoint: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (isLoopback(endpoint)) return isLoopback(url);
  if (isAtEndpoint(url, endpoint)) return true;
  return url.protocol === 'https:' && url.port === '' && REGION_HOST.test(url.hostname);
}
