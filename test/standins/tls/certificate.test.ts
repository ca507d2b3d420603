// The certificate as its readers see it: Node's own parser, and a TLS handshake with Node's own client.
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { issueCertificate } from '../../../standins/tls/certificate';
import { authorityFile, keptCertificate } from '../../../standins/tls/kept-certificate';

const NOW = new Date('2026-01-05T12:00:00Z');
const DAY_MS = 24 * 3_600_000;

describe('an issued certificate', () => {
  const issued = issueCertificate({
    from: NOW,
    until: new Date('2051-01-05T12:00:00Z'),
    hosts: ['localhost', '127.0.0.1'],
  });
  const authority = new X509Certificate(issued.authority);
  const server = new X509Certificate(issued.certificate);

  it('is signed by the authority, which signed itself and is one', () => {
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIssued(authority)).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect([authority.ca, server.ca]).toEqual([true, false]);
  });

  it('is good for its hosts and for no other', () => {
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkHost('example.org')).toBeUndefined();
    expect(server.checkIP('127.0.0.2')).toBeUndefined();
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']); // serverAuth
  });

  it('holds for its time, beyond 2049 too, where DER writes the year in full', () => {
    expect(new Date(server.validFrom)).toEqual(NOW);
    expect(new Date(server.validTo)).toEqual(new Date('2051-01-05T12:00:00Z'));
  });

  it('has a serial number of its own, which is no negative number', () => {
    const serials = Array.from({ length: 50 }, () => {
      const { certificate } = issueCertificate({ from: NOW, until: NOW, hosts: ['localhost'] });
      return new X509Certificate(certificate).serialNumber;
    });
    expect(new Set(serials).size).toBe(50);
    expect(serials.filter((serial) => serial.startsWith('-'))).toEqual([]);
  });
});

describe('the kept certificate', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-tls-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('stays the same, so that a client that trusts it goes on doing so', async () => {
    const first = await keptCertificate(folder, NOW);
    const trusted = await readFile(authorityFile(folder), 'utf8');
    expect(await keptCertificate(folder, new Date(NOW.getTime() + 300 * DAY_MS))).toMatchObject(first);
    expect(await readFile(authorityFile(folder), 'utf8')).toBe(trusted);
    expect(new X509Certificate(first.cert).verify(new X509Certificate(trusted).publicKey)).toBe(true);
  });

  it('lasts for less than the 398 days that clients allow, and is renewed in its last month', async () => {
    const first = await keptCertificate(folder, NOW);
    const { validFrom, validTo } = new X509Certificate(first.cert);
    expect(Date.parse(validTo) - Date.parse(validFrom)).toBeLessThanOrEqual(398 * DAY_MS);
    const late = new Date(Date.parse(validTo) - 29 * DAY_MS);
    expect((await keptCertificate(folder, late)).cert).not.toBe(first.cert);
  });

  it.each(['server.pem', 'server-key.pem', 'ca.pem'])('is made anew when %s is spoilt', async (file) => {
    const first = await keptCertificate(folder, NOW);
    await writeFile(join(folder, 'tls', file), 'nonsense');
    const second = await keptCertificate(folder, NOW);
    expect(second.cert).not.toBe(first.cert);
    expect(await keptCertificate(folder, NOW)).toMatchObject(second);
  });

  it('leaves its key to its owner alone', async () => {
    await keptCertificate(folder, NOW);
    expect((await stat(join(folder, 'tls', 'server-key.pem'))).mode & 0o077).toBe(0);
  });
});
