// Shares of Azure Files, through the genuine client.
import type { TokenCredential } from '@azure/core-auth';
import type { ShareClient, ShareClientOptions, ShareFileClient } from '@azure/storage-file-share';

import { TerminalError } from '../../domain/errors';
import { isLoopback } from '../../domain/parse/loopback';
import type { FolderPage, Share, ShareAddress, SharePath, Shares } from '../../domain/ports/shares';
import { storageFileShare as sdk } from '../account/sdk';
import { answerOf } from '../account/storage-failure';
import { contentOf } from './content';
import { shareFailure } from './share-failure';
import { joined } from './share-name';

/** One call, its repeats included. A download has it until its first byte only. */
const CALL_LIMIT_MS = 15_000;
const RETRIES = { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 };

export interface SharesParts {
  readonly credential: TokenCredential;
  /** The value of a key vault's secret. */
  readonly secretOf: (name: string) => Promise<string>;
  /** Left out: the SDK's own. */
  readonly httpClient?: NonNullable<ShareClientOptions['httpClient']>;
}

export function createAzureFiles(parts: SharesParts): Shares {
  return {
    open: (address) => {
      const url = safeUrl(address.url);
      return shareOver({ label: `${url.host}${url.pathname}`, byKey: address.keyRef !== undefined }, () =>
        clientFor(parts, address, url),
      );
    },
  };
}

interface Label {
  readonly label: string;
  readonly byKey: boolean;
}

/** A client is made for each call: a key that was renewed in the vault counts from then on. */
function shareOver(label: Label, client: () => Promise<ShareClient>): Share {
  const calling = async <T>(doing: string, call: (share: ShareClient) => Promise<T>): Promise<T> => {
    try {
      return await call(await client());
    } catch (error) {
      throw shareFailure(error, doing, label);
    }
  };
  return {
    makeFolder: async (path) =>
      calling(`make folder ${named(path)}`, async (share) => {
        for (let depth = 1; depth <= path.length; depth += 1)
          await share
            .getDirectoryClient(joined(path.slice(0, depth)))
            .createIfNotExists({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) });
      }),
    list: async (path, page, limit) =>
      calling(`list folder ${named(path)}`, (share) => listPage(share, path, page, limit)),
    read: async (path, from) =>
      calling(`read file ${named(path)}`, async (share) => {
        const file = fileAt(share, path);
        const head = await orAbsent(() =>
          file.getProperties({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) }),
        );
        if (head === undefined) return undefined;
        return contentOf(file, from, head, (error) => shareFailure(error, `read file ${named(path)}`, label));
      }),
  };
}

/** For messages. */
function named(path: SharePath): string {
  return path.length === 0 ? '/' : joined(path);
}

async function listPage(
  share: ShareClient,
  path: SharePath,
  page: string | undefined,
  limit: AbortSignal | undefined,
): Promise<FolderPage | undefined> {
  const own = AbortSignal.timeout(CALL_LIMIT_MS);
  const folder = share.getDirectoryClient(joined(path));
  const pages = folder
    .listFilesAndDirectories({
      includeTimestamps: true,
      abortSignal: limit === undefined ? own : AbortSignal.any([own, limit]),
    })
    .byPage(page === undefined ? {} : { continuationToken: page });
  const answer = await orAbsent(() => pages.next());
  if (answer === undefined) return undefined;
  if (answer.done === true) return { files: [], folders: [] };
  const { segment, continuationToken } = answer.value;
  return {
    files: segment.fileItems.map(({ name, properties }) => ({
      name,
      bytes: properties.contentLength,
      modifiedAt: properties.lastWriteTime?.getTime(),
    })),
    folders: segment.directoryItems.map(({ name }) => name),
    ...(continuationToken !== '' && { next: continuationToken }),
  };
}

function fileAt(share: ShareClient, path: SharePath): ShareFileClient {
  joined(path);
  return share.getDirectoryClient(path.slice(0, -1).join('/')).getFileClient(path.at(-1) ?? '');
}

/** Undefined where there is no such file or folder; a share that is missing is a failure. */
async function orAbsent<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const { status, code } = answerOf(error);
    if (status === 404 && code !== 'ShareNotFound') return undefined;
    throw error;
  }
}

async function clientFor(
  { credential, secretOf, httpClient }: SharesParts,
  { keyRef }: ShareAddress,
  url: URL,
): Promise<ShareClient> {
  const { ShareClient, StorageSharedKeyCredential } = sdk();
  const options = {
    retryOptions: RETRIES,

    ...(httpClient !== undefined && { httpClient }),
    allowTrailingDot: true, // A program on Linux may call a file `results.`.
  };
  if (keyRef === undefined)
    return new ShareClient(url.href, credential, { ...options, fileRequestIntent: 'backup' });
  return new ShareClient(
    url.href,
    new StorageSharedKeyCredential(accountOf(url), await secretOf(keyRef)),
    options,
  );
}

/** Of a host's first label, or of a path-style address on loopback. */
function accountOf(url: URL): string {
  return (isLoopback(url) ? url.pathname.split('/')[1] : url.hostname.split('.')[0]) ?? '';
}

function safeUrl(address: string): URL {
  const such = 'https://ACCOUNT.file.core.windows.net/SHARE';
  if (!URL.canParse(address))
    throw new TerminalError(`The share's url "${address}" is no URL such as ${such}.`);
  const url = new URL(address);
  if (url.protocol === 'https:' || isLoopback(url)) return url;
  throw new TerminalError(`The share's url is "${address}", must be https such as ${such}.`);
}
