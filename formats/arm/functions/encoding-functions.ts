// The template functions that write a text otherwise, and guid().
import { createHash } from 'node:crypto';

import { ExpressionError } from '../expression';
import type { TemplateFunction } from './template-function';

/**
 * The name space of Resource Manager's guid(). Microsoft's page on Bicep's string functions gives it, with the hyphens
 * and version 5 of RFC 4122.
 */
const GUID_NAMESPACE = '11fb06fb712d4ddd98c7e71bbd588830';

export const ENCODING_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  base64: (args) => {
    args.count(1);
    return args.budget.joined([Buffer.from(args.text(0), 'utf8').toString('base64')]);
  },
  base64ToString: (args) => {
    args.count(1);
    const text = args.text(0);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') !== text) throw new ExpressionError('decodes a text that is no base64');
    return bytes.toString('utf8');
  },
  uriComponent: (args) => {
    args.count(1);
    return args.budget.joined([encoded(args.text(0))]);
  },
  uriComponentToString: (args) => {
    args.count(1);
    try {
      return decodeURIComponent(args.text(0));
    } catch {
      throw new ExpressionError('decodes a text whose percent signs are no encoding');
    }
  },
  guid: (args) => {
    args.count(1, Infinity);
    const name = args.budget.joined(
      args.given.map((_, index) => args.words(index)),
      '-',
    );
    return guid(name);
  },
};

/** As .NET's Uri.EscapeDataString: `!'()*` are encoded, too. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Version 5 (RFC 4122, section 4.3). */
function guid(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(GUID_NAMESPACE, 'hex')).update(name, 'utf8').digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
