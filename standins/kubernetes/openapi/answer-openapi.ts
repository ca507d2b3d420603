// Answers the OpenAPI documents by which kubectl checks a manifest and explains a kind.
import { createHash } from 'node:crypto';

import type { WireRequest, WireResponse } from '../../wire/handler';
import { ApiFault } from '../answers/api-fault';
import { goJson, respond, respondText } from '../answers/respond';
import type { JsonObject } from '../store/json';
import { documentNames, documentV2, documentV3 } from './documents';

const JSON_MEDIA = { yaml: false, contentType: 'application/json' };
const V3_ROOT = '/openapi/v3';

interface Document {
  readonly value: JsonObject;
  readonly hash: string;
}

/** They never change while the server runs, so each is made once, when it is first asked for. */
const made = new Map<string, Document>();

/** Undefined for every other path, and for a document that there is none of. */
export function answerOpenApi(request: WireRequest): WireResponse | undefined {
  const { pathname, searchParams } = request.url;
  if (pathname === '/openapi/v2') return document(request, held('v2', documentV2), false);
  if (pathname === V3_ROOT) return respondText(200, goJson({ paths: index() }));
  if (!pathname.startsWith(`${V3_ROOT}/`)) return undefined;
  const name = pathname.slice(V3_ROOT.length + 1);
  if (!documentNames().includes(name)) return undefined;
  const found = heldV3(name);
  const asked = searchParams.get('hash');
  // A client that knows an older document is led to the present one.
  if (asked !== null && asked !== found.hash)
    return { status: 301, headers: { location: placeOf(name, found.hash) }, body: '' };
  return document(request, found, asked !== null);
}

function index(): JsonObject {
  return Object.fromEntries(
    documentNames().map((name) => [name, { serverRelativeURL: placeOf(name, heldV3(name).hash) }]),
  );
}

function placeOf(name: string, hash: string): string {
  return `${V3_ROOT}/${name}?hash=${hash}`;
}

function heldV3(name: string): Document {
  return held(`v3/${name}`, () => documentV3(name) ?? {});
}

function held(name: string, make: () => JsonObject): Document {
  const known = made.get(name);
  if (known) return known;
  const value = make();
  const hash = createHash('sha512').update(JSON.stringify(value)).digest('hex').toUpperCase();
  const document = { value, hash };
  made.set(name, document);
  return document;
}

/** `forGood`: the request names the hash, so the answer never changes. Throws the 406 for who takes protobuf alone. */
function document(request: WireRequest, { value, hash }: Document, forGood: boolean): WireResponse {
  const accept = request.headers['accept'] ?? '*/*';
  if (!/application\/json|application\/\*|\*\/\*/.test(accept))
    throw new ApiFault(
      406,
      'NotAcceptable',
      '406: Not Acceptable\n\nAvailable representations: application/json',
      {},
    );
  return respond(request, JSON_MEDIA, 200, value, {
    etag: `"${hash}"`,
    vary: 'Accept',
    ...(forGood && { 'cache-control': 'public, immutable' }),
  });
}
