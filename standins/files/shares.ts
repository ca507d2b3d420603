// Stands in for Azure Files: shares of accounts, over folders of this machine (`ROOT/<account>/<share>`).
import { join } from 'node:path';

import type { Handler, WireRequest, WireResponse } from '../wire/handler';
import { faultyAnswer, type ShareFault } from './faults';
import { fileProperties, readFile } from './file-api';
import { faultResponse, FilesFault } from './files-fault';
import { folderProperties, listFolder, makeFolder } from './folders-api';
import { lookAt, type Place, placeOf } from './place';
import { isSignedBy } from './shared-key';

export interface FilesSettings {
  /** The folder that holds a folder for each account, and in it one for each share. */
  readonly root: string;
  /** Keys in base64, by account. */
  readonly keys: Readonly<Record<string, string>>;
  readonly newId: () => string;
  readonly faultOf: (place: Place) => Promise<ShareFault | undefined> | ShareFault | undefined;
}

/**
 * Addresses are path-style, `http://127.0.0.1:PORT/ACCOUNT/SHARE/…`, or have the account in their host,
 * `https://ACCOUNT.file.core.windows.net/SHARE/…`.
 */
export function createLocalFiles(settings: FilesSettings): Handler {
  return async (request) => {
    const common = {
      'x-ms-request-id': settings.newId(),
      'x-ms-version': request.headers['x-ms-version'] ?? '',
    };
    const answer = await answerOf(settings, request).catch((error: unknown) => {
      if (error instanceof FilesFault) return faultResponse(error);
      throw error;
    });
    return { ...answer, headers: { ...common, ...answer.headers } };
  };
}

async function answerOf(settings: FilesSettings, request: WireRequest): Promise<WireResponse> {
  const place = placeOf(pathWithAccount(request.url));
  mayEnter(settings, request, place);
  const fault = await settings.faultOf(place);
  const instead = fault === undefined ? undefined : faultyAnswer(fault, request.method === 'PUT');
  if (instead !== undefined) return instead;
  const root = join(settings.root, place.account, place.share);
  if ((await lookAt(root, [])) !== 'folder')
    throw new FilesFault(404, 'ShareNotFound', 'The specified share does not exist.');
  return routed(root, place, request);
}

async function routed(root: string, place: Place, request: WireRequest): Promise<WireResponse> {
  const { method, url } = request;
  if (url.searchParams.get('restype') === 'directory') {
    const listed = url.searchParams.get('comp') === 'list';
    if (method === 'GET' && listed) return listFolder(root, place, request);
    if ((method === 'GET' || method === 'HEAD') && !url.searchParams.has('comp'))
      return folderProperties(root, place);
    if (method === 'PUT' && !url.searchParams.has('comp')) return makeFolder(root, place);
  } else if (!url.searchParams.has('restype') && !url.searchParams.has('comp') && place.names.length > 0) {
    if (method === 'HEAD') return fileProperties(root, place);
    if (method === 'GET') return readFile(root, place, request);
  }
  throw new FilesFault(
    501,
    'NotEmulated',
    `The local stand-in of Azure Files does not offer ${method} ${url.pathname}${url.search}.`,
  );
}

/** By the account's key, or by a token and the header that every request with one needs. */
function mayEnter({ keys }: FilesSettings, request: WireRequest, { account }: Place): void {
  const { authorization = '', 'x-ms-version': version, 'x-ms-file-request-intent': intent } = request.headers;
  if (version === undefined)
    throw new FilesFault(
      400,
      'MissingRequiredHeader',
      'An HTTP header that is mandatory for this request is not specified: x-ms-version.',
    );
  if (authorization.startsWith('Bearer ')) {
    if (intent === 'backup') return;
    throw new FilesFault(
      400,
      'MissingRequiredHeader',
      'An HTTP header that is mandatory for this request is not specified: x-ms-file-request-intent.',
    );
  }
  const key = Object.hasOwn(keys, account) ? keys[account] : undefined;
  if (key !== undefined && isSignedBy(request, account, key)) return;
  throw new FilesFault(
    403,
    'AuthenticationFailed',
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
  );
}

const ACCOUNT_IN_HOST = /^([a-z0-9]+)\.file\./;

function pathWithAccount(url: URL): string {
  const account = ACCOUNT_IN_HOST.exec(url.hostname)?.[1];
  return account === undefined ? url.pathname : `/${account}${url.pathname}`;
}
