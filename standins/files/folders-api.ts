// Folders of a share: make one, look at one, list one page by page.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { WireRequest, WireResponse } from '../wire/handler';
import { entityAt, entityHeaders } from './entity';
import { FilesFault } from './files-fault';
import { lookAt, type Place } from './place';
import { xmlName, xmlText } from './xml-text';

/** The most entries of one answer, and as many as come unless fewer are asked for. */
const MOST_ENTRIES = 5_000;

/** `root`: the local folder of the share. */
export async function makeFolder(root: string, { names }: Place): Promise<WireResponse> {
  const path = join(root, ...names);
  if ((await lookAt(root, names.slice(0, -1))) !== 'folder')
    throw new FilesFault(404, 'ParentNotFound', 'The specified parent path does not exist.');
  if ((await lookAt(root, names)) !== 'absent')
    throw new FilesFault(409, 'ResourceAlreadyExists', 'The specified resource already exists.');
  await mkdir(path);
  return { status: 201, headers: entityHeaders(await entityAt(path)) };
}

export async function folderProperties(root: string, { names }: Place): Promise<WireResponse> {
  await mustBeFolder(root, names);
  return { status: 200, headers: entityHeaders(await entityAt(join(root, ...names))) };
}

/** In the order of the names. The marker is the name with which the next page begins. */
export async function listFolder(root: string, place: Place, { url }: WireRequest): Promise<WireResponse> {
  const { names } = place;
  await mustBeFolder(root, names);
  const asked = Number(url.searchParams.get('maxresults') ?? MOST_ENTRIES);
  if (!Number.isInteger(asked) || asked < 1 || asked > MOST_ENTRIES)
    throw new FilesFault(
      400,
      'OutOfRangeQueryParameterValue',
      'One of the query parameters specified in the request URI is outside the permissible range.',
    );
  const prefix = url.searchParams.get('prefix') ?? '';
  const marker = markedName(url.searchParams.get('marker'));
  const folder = join(root, ...names);
  const entries = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .filter(({ name }) => name.startsWith(prefix) && name >= marker)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const include = (url.searchParams.get('include') ?? '').toLowerCase().split(',');
  const page = await Promise.all(
    entries.slice(0, asked).map(async (entry) => {
      const entity = await entityAt(join(folder, entry.name));
      const more = [
        ...(include.includes('timestamps')
          ? [`<LastWriteTime>${entity.modifiedAt.toISOString()}</LastWriteTime>`]
          : []),
        ...(include.includes('etag') ? [`<Etag>${xmlText(entity.etag)}</Etag>`] : []),
      ].join('');
      return entry.isFile()
        ? `<File>${xmlName(entry.name)}<Properties><Content-Length>${entity.bytes}</Content-Length>${more}</Properties></File>`
        : `<Directory>${xmlName(entry.name)}<Properties>${more}</Properties></Directory>`;
    }),
  );
  const next = entries[asked]?.name;
  const attributes = `ServiceEndpoint="${xmlText(url.origin)}" ShareName="${place.share}" DirectoryPath="${xmlText(names.join('/'))}"`;
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ${attributes}><Entries>${page.join('')}</Entries><NextMarker>${next === undefined ? '' : Buffer.from(next).toString('base64url')}</NextMarker></EnumerationResults>`,
  };
}

async function mustBeFolder(root: string, names: readonly string[]): Promise<void> {
  switch (await lookAt(root, names)) {
    case 'folder':
      return;
    case 'file':
      throw new FilesFault(
        409,
        'ResourceTypeMismatch',
        'The specified resource type does not match the type of the existing resource.',
      );
    case 'absent':
      throw new FilesFault(404, 'ResourceNotFound', 'The specified resource does not exist.');
  }
}

function markedName(marker: string | null): string {
  return marker === null ? '' : Buffer.from(marker, 'base64url').toString();
}
