// Issues a certificate for this machine's loopback names, by an authority that exists for this one signature (RFC
// 5280). It is written by hand, because a certificate of one fixed form takes fewer lines than a general library takes
// packages.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

import {
  bitString,
  boolean,
  explicit,
  implicit,
  objectIdentifier,
  octetString,
  sequence,
  set,
  text,
  time,
  unsigned,
} from './der';

/** All in PEM. */
export interface IssuedCertificate {
  /**
   * The authority's certificate, which clients must trust. Its private key is gone, so nothing else can ever be signed
   * by it.
   */
  readonly authority: string;
  readonly certificate: string;
  readonly privateKey: string;
}

export interface IssueOptions {
  readonly from: Date;
  readonly until: Date;
  /** Host names and IPv4 addresses that the certificate is good for. */
  readonly hosts: readonly string[];
}

const ECDSA_WITH_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const SERVER_AUTH = objectIdentifier('1.3.6.1.5.5.7.3.1');
/** One byte each, highest bit first: digitalSignature is bit 0, keyCertSign bit 5. */
const DIGITAL_SIGNATURE = bitString(Buffer.from([0b1000_0000]), 7);
const KEY_CERT_SIGN = bitString(Buffer.from([0b0000_0100]), 2);

/** ECDSA on P-256 throughout. */
export function issueCertificate({ from, until, hosts }: IssueOptions): IssuedCertificate {
  const authority = keyPair();
  const server = keyPair();
  const authorityName = name('gpu-job-runner on this machine');
  const lifetime = sequence(time(from), time(until));
  const byAuthority = extension('2.5.29.35', sequence(implicit(0, authority.id)));
  return {
    authority: signed(authority.privateKey, [
      ...[authorityName, lifetime, authorityName, authority.spki],
      extensions(
        extension('2.5.29.19', sequence(boolean(true), unsigned(Buffer.from([0]))), 'critical'),
        extension('2.5.29.15', KEY_CERT_SIGN, 'critical'),
        extension('2.5.29.14', octetString(authority.id)),
        byAuthority,
      ),
    ]),
    certificate: signed(authority.privateKey, [
      ...[authorityName, lifetime, name(hosts[0] ?? 'localhost'), server.spki],
      extensions(
        extension('2.5.29.19', sequence(), 'critical'),
        extension('2.5.29.15', DIGITAL_SIGNATURE, 'critical'),
        extension('2.5.29.37', sequence(SERVER_AUTH)),
        extension('2.5.29.17', sequence(...hosts.map(alternativeName))),
        extension('2.5.29.14', octetString(server.id)),
        byAuthority,
      ),
    ]),
    privateKey: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

interface KeyPair {
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo. */
  readonly spki: Buffer;
  /** By this extensions name the key. Any hash of it will do (4.2.1.2). */
  readonly id: Buffer;
}

function keyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, spki, id: createHash('sha256').update(spki).digest().subarray(0, 20) };
}

/** `fields`: issuer, validity, subject, key, extensions. */
function signed(by: KeyObject, fields: readonly Buffer[]): string {
  const version3 = explicit(0, unsigned(Buffer.from([2])));
  const body = sequence(version3, unsigned(randomBytes(16)), ECDSA_WITH_SHA256, ...fields);
  const certificate = sequence(body, ECDSA_WITH_SHA256, bitString(sign('sha256', body, by)));
  const lines = certificate
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
    .trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** A distinguished name of a common name alone. */
function name(commonName: string): Buffer {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), text(commonName))));
}

function extensions(...all: readonly Buffer[]): Buffer {
  return explicit(3, sequence(...all));
}

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  return sequence(
    objectIdentifier(id),
    ...(critical === undefined ? [] : [boolean(true)]),
    octetString(value),
  );
}

/** dNSName is [2], iPAddress is [7] (4.2.1.6). */
function alternativeName(host: string): Buffer {
  return isIP(host) === 4
    ? implicit(7, Buffer.from(host.split('.').map(Number)))
    : implicit(2, Buffer.from(host, 'ascii'));
}
