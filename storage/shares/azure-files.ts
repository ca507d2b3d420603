// Shares of Azure Files, through the genuine client.
import type { TokenCredential } from '@azure/core-auth';
import type {
  FileGetPropertiesResponse,
  ShareClient,
  ShareClientOptions,
  ShareFileClient,
} from '@azure/storage-file-share';

import { TerminalError } from '../../domain/errors';
import { joined } from '../../domain/outputs/share-path';
import { shareAddress } from '../../domain/placement/share';
import type { FilePath, FolderPage } from '../../domain/ports/files';
import type { Share, SharePlace, Shares } from '../../domain/ports/shares';
import { contentOf } from '../account/file-content';
import { storageFileShare as sdk } from '../account/sdk';
import { answerOf } from '../account/storage-failure';
import { boundedAnswers } from './bounded-answers';
import { listedPage, notAList } from './listed-page';
import { shareFailure } from './share-failure';

/** One call, its repeats included. A download has it until its first byte only. */
const CALL_LIMIT_MS = 15_000;
const SUCH = 'https://ACCOUNT.file.core.windows.net/SHARE';
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
      const found = shareAddress(address.url);
      if (found === undefined)
        throw new TerminalError(`"${address.url}" is no share's URL, such as ${SUCH}.`);
      const label = { label: `${found.account}/${found.share}`, byKey: address.keyRef !== undefined };
      return shareOver(label, () => clientFor(parts, address, found.account));
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
    list: async (path, page) => calling(`list folder ${named(path)}`, (share) => listPage(share, path, page)),
    look: async (path) =>
      calling(`look at file ${named(path)}`, async (share) => {
        const head = await headOf(fileAt(share, path));
        const at = head?.fileLastWriteOn ?? head?.lastModified;
        return head && { name: path.at(-1) ?? '', bytes: head.contentLength ?? 0, modifiedAt: at?.getTime() };
      }),
    read: async (path, from) =>
      calling(`read file ${named(path)}`, async (share) => {
        const file = fileAt(share, path);
        const head = await headOf(file);
        if (head === undefined) return undefined;
        return contentOf(file, from, head, (error) => shareFailure(error, `read file ${named(path)}`, label));
      }),
  };
}

/** For messages. */
function named(path: FilePath): string {
  return path.length === 0 ? '/' : joined(path);
}

async function listPage(
  share: ShareClient,
  path: FilePath,
  page: string | undefined,
): Promise<FolderPage | undefined> {
  const folder = share.getDirectoryClient(joined(path));
  const pages = folder
    .listFilesAndDirectories({ includeTimestamps: true, abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) })
    .byPage(page === undefined ? {} : { continuationToken: page });
  const answer = await orAbsent(() => pages.next()).catch((error: unknown) => {
    // The SDK looks into what it takes for a list: of other XML it finds nothing there.
    throw error instanceof TypeError ? notAList(error.message) : error;
  });
  if (answer === undefined) return undefined;
  if (answer.done === true) return { files: [], folders: [] };
  return listedPage(answer.value);
}

async function headOf(file: ShareFileClient): Promise<FileGetPropertiesResponse | undefined> {
  return orAbsent(() => file.getProperties({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) }));
}

function fileAt(share: ShareClient, path: FilePath): ShareFileClient {
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
  { url, keyRef }: SharePlace,
  account: string,
): Promise<ShareClient> {
  const { newPipeline, ShareClient, StorageSharedKeyCredential } = sdk();
  const signIn =
    keyRef === undefined ? credential : new StorageSharedKeyCredential(account, await secretOf(keyRef));
  const pipeline = newPipeline(signIn, {
    retryOptions: RETRIES,
    ...(httpClient !== undefined && { httpClient }),
  });
  pipeline.factories.push(boundedAnswers());
  return new ShareClient(url, pipeline, {
    allowTrailingDot: true, // A program on Linux may call a file `results.`.
    ...(keyRef === undefined && { fileRequestIntent: 'backup' }),
  });
}
