// Files of a share: their properties, and their content, whole or a range.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';

import type { BodySink, WireRequest, WireResponse } from '../wire/handler';
import { type Entity, entityAt, entityHeaders } from './entity';
import { FilesFault } from './files-fault';
import { lookAt, type Place } from './place';

/** `root`: the local folder of the share. */
export async function fileProperties(root: string, { names }: Place): Promise<WireResponse> {
  const entity = await fileAt(root, names);
  return { status: 200, headers: headersOf(entity, entity.bytes) };
}

export async function readFile(root: string, { names }: Place, request: WireRequest): Promise<WireResponse> {
  const entity = await fileAt(root, names);
  const asked = rangeOf(request, entity.bytes);
  const path = join(root, ...names);
  if (asked === undefined)
    return { status: 200, headers: headersOf(entity, entity.bytes), ...content(path, 0, entity.bytes) };
  const { from, to } = asked;
  return {
    status: 206,
    headers: {
      ...headersOf(entity, to - from),
      'content-range': `bytes ${from}-${to - 1}/${entity.bytes}`,
    },
    ...content(path, from, to),
  };
}

async function fileAt(root: string, names: readonly string[]): Promise<Entity> {
  if ((await lookAt(root, names)) !== 'file')
    throw new FilesFault(404, 'ResourceNotFound', 'The specified resource does not exist.');
  return entityAt(join(root, ...names));
}

function headersOf(entity: Entity, bytes: number): Record<string, string> {
  return {
    ...entityHeaders(entity),
    'content-type': 'application/octet-stream',
    'content-length': String(bytes),
    'accept-ranges': 'bytes',
    'x-ms-type': 'File',
  };
}

const RANGE = /^bytes=(\d+)-(\d*)$/;

/** The end is excluded. `x-ms-range` counts before `Range`. */
function rangeOf(
  { headers }: WireRequest,
  bytes: number,
): { readonly from: number; readonly to: number } | undefined {
  const given = headers['x-ms-range'] ?? headers['range'];
  if (given === undefined) return undefined;
  const [, first = '', last = ''] = RANGE.exec(given) ?? [];
  const from = Number(first);
  if (first === '' || from >= bytes)
    throw new FilesFault(
      416,
      'InvalidRange',
      'The range specified is invalid for the current size of the resource.',
    );
  return { from, to: last === '' ? bytes : Math.min(bytes, Number(last) + 1) };
}

function content(path: string, from: number, to: number): Pick<WireResponse, 'body' | 'stream'> {
  if (from === to) return { body: '' };
  return {
    stream: {
      open: (sink: BodySink) => {
        const file = createReadStream(path, { start: from, end: to - 1 });
        file.on('data', (chunk) => sink.write(chunk));
        file.once('end', () => sink.end());
        file.once('error', () => sink.abort());
        return () => file.destroy();
      },
    },
  };
}
