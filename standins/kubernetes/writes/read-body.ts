// Reads the body of a create or an update into the kind that the path asks for, with the words for each way to fail.
import { parse, YAMLParseError } from 'yaml';

import type { WireRequest } from '../../wire/handler';
import { ApiFault, badRequest } from '../answers/api-fault';
import type { Resource } from '../resources/resources';
import { decode, type Decoded } from '../schema/decode';
import { WrongText, WrongType } from '../schema/decode-scalar';
import { goJsonError } from '../schema/go-json-error';
import { readProtobuf } from '../schema/protobuf';
import { isStruct } from '../schema/structs';
import { isObject, type Json, type JsonObject, parseJson, textAt } from '../store/json';

/** kube-apiserver's limit of a body (recorded: O03). */
const MOST_BYTES = 3 * 1024 * 1024;

const JSON_TYPES = ['', 'application/json'];
const YAML_TYPES = ['application/yaml', 'text/yaml'];
const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

export interface ReadBody {
  readonly value: JsonObject;
  /** What the client should learn about fields that the server does not know. */
  readonly warnings: readonly string[];
}

/** Which kind a body must be of; a subresource may take another than its resource. */
export type ExpectedKind = Pick<Resource, 'group' | 'version' | 'kind' | 'apiVersion'>;

/** Throws 413, 415 and 400. */
export function readBody(request: WireRequest, expected: ExpectedKind): ReadBody {
  const media = mediaTypeOf(request);
  checkSize(request.body);
  const parsed = parseAs(media, request.body, expected);
  return decodeBody(parsed, expected, validationOf(request.url.searchParams));
}

export function checkSize(body: Buffer): void {
  if (body.length > MOST_BYTES)
    throw new ApiFault(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MOST_BYTES}`);
}

type MediaType = 'json' | 'yaml' | 'protobuf';

function parseAs(media: MediaType, body: Buffer, expected: ExpectedKind): Json {
  switch (media) {
    case 'json':
      return parseJsonBody(body, expected);
    case 'yaml':
      return parseYaml(body, expected);
    case 'protobuf': {
      const read = readProtobuf(body);
      if (read === undefined) throw unknownFormat();
      return read;
    }
  }
}

function mediaTypeOf({ headers }: WireRequest): MediaType {
  const [type = ''] = (headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (JSON_TYPES.includes(type)) return 'json';
  if (YAML_TYPES.includes(type)) return 'yaml';
  if (type === PROTOBUF_TYPE) return 'protobuf';
  throw unknownFormat();
}

function unknownFormat(): ApiFault {
  return new ApiFault(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  );
}

type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export function validationOf(query: URLSearchParams): FieldValidation {
  const value = query.get('fieldValidation') ?? '';
  switch (value) {
    case '':
    case 'Warn':
      return 'Warn';
    case 'Strict':
    case 'Ignore':
      return value;
    default:
      throw badRequest(
        `fieldValidation: Unsupported value: ${JSON.stringify(value)}: supported values: "", "Ignore", "Strict", "Warn"`,
      );
  }
}

function parseJsonBody(body: Buffer, { kind }: ExpectedKind): Json {
  const text = body.toString('utf8');
  const fault = goJsonError(text);
  if (fault === undefined) return parseJson(text);
  // The server shows the first 30 bytes of what it could not read (recorded: C20).
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)} ...` : text;
  throw badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${fault} (${shown})`,
  );
}

const SHOWN = 30;

function parseYaml(body: Buffer, { kind }: ExpectedKind): Json {
  try {
    const value: unknown = parse(body.toString('utf8'));
    return parseJson(JSON.stringify(value ?? null));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [line] = error.linePos ?? [];
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; error converting YAML to JSON: yaml: line ${line?.line ?? 1}: ${error.code.toLowerCase().replaceAll('_', ' ')}`,
    );
  }
}

/** Decodes a body that is JSON by now. */
export function decodeBody(body: Json, expected: ExpectedKind, validation: FieldValidation): ReadBody {
  const { kind, version } = expected;
  if (!isObject(body))
    throw badRequest(
      cannotBeHandled(
        expected,
        version,
        `json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into Go value of type v1.${kind}`,
      ),
    );
  const givenKind = textAt(body, 'kind') ?? kind;
  const givenVersion = textAt(body, 'apiVersion') ?? expected.apiVersion;
  if (givenKind !== kind || givenVersion !== expected.apiVersion) {
    const shown = givenVersion.split('/').at(-1) ?? givenVersion;
    throw badRequest(
      `${givenKind} in version "${shown}" cannot be handled as a ${kind}: no kind "${givenKind}" is registered for version "${givenVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  const { value, unknown } = decodeAs(body, expected);
  const named = { ...value, kind, apiVersion: expected.apiVersion };
  if (unknown.length === 0 || validation === 'Ignore') return { value: named, warnings: [] };
  const fields = unknown.map((path) => `unknown field "${path}"`);
  if (validation === 'Warn') return { value: named, warnings: fields };
  throw badRequest(cannotBeHandled(expected, version, `strict decoding error: ${fields.join(', ')}`));
}

function decodeAs(body: JsonObject, expected: ExpectedKind): Decoded {
  try {
    if (isStruct(expected.kind)) return decode(expected.kind, body);
    const { metadata, ...rest } = body;
    const decoded = decode('AnyKind', { ...(metadata !== undefined && { metadata }) });
    return { value: { ...decoded.value, ...rest }, unknown: decoded.unknown };
  } catch (error) {
    if (error instanceof WrongType || error instanceof WrongText)
      throw badRequest(cannotBeHandled(expected, expected.version, error.message));
    throw error;
  }
}

function cannotBeHandled({ kind }: ExpectedKind, version: string, why: string): string {
  return `${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`;
}
