// The stack's certificate. It is made once and kept in the state folder, so that clients need to trust it only once.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { issueCertificate } from './certificate';

/** What a TLS server and its clients need, in PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
  /** Of the authority, which clients must trust. */
  readonly authority: string;
}

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1'] as const;

const DAY_MS = 24 * 3_600_000;
/** Clients refuse certificates of more than 398 days (CA/Browser Forum, since September 2020). */
const LIFETIME_MS = 397 * DAY_MS;
const RENEWED_BEFORE_MS = 30 * DAY_MS;
/** The certificate is valid from this long before now, because a client's clock may be behind. */
const BACKDATED_MS = DAY_MS;

/** What clients trust: `REQUESTS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS` and the like are set to it. */
export function authorityFile(stateFolder: string): string {
  return join(stateFolder, 'tls', 'ca.pem');
}

/** The kept certificate, or a new one if there is none or it can't be read, doesn't fit or soon expires. */
export async function keptCertificate(stateFolder: string, now: Date): Promise<ServerCertificate> {
  const folder = join(stateFolder, 'tls');
  const kept = await read(folder);
  if (kept !== undefined && fits(kept, now)) return kept;
  const { authority, certificate, privateKey } = issueCertificate({
    from: new Date(now.getTime() - BACKDATED_MS),
    until: new Date(now.getTime() - BACKDATED_MS + LIFETIME_MS),
    hosts: LOOPBACK_HOSTS,
  });
  await mkdir(folder, { recursive: true });
  await replace(join(folder, 'server-key.pem'), privateKey, 0o600);
  await replace(join(folder, 'server.pem'), certificate, 0o644);
  await replace(join(folder, 'ca.pem'), authority, 0o644);
  return { cert: certificate, key: privateKey, authority };
}

async function read(folder: string): Promise<ServerCertificate | undefined> {
  try {
    const [cert, key, authority] = await Promise.all(
      ['server.pem', 'server-key.pem', 'ca.pem'].map((file) => readFile(join(folder, file), 'utf8')),
    );
    return cert === undefined || key === undefined || authority === undefined
      ? undefined
      : { cert, key, authority };
  } catch {
    return undefined; // Whatever is missing there is made anew.
  }
}

function fits({ cert, key, authority }: ServerCertificate, now: Date): boolean {
  try {
    const server = new X509Certificate(cert);
    return (
      server.checkPrivateKey(createPrivateKey(key)) &&
      server.verify(new X509Certificate(authority).publicKey) &&
      LOOPBACK_HOSTS.every((host) => (server.checkHost(host) ?? server.checkIP(host)) !== undefined) &&
      Date.parse(server.validFrom) <= now.getTime() &&
      Date.parse(server.validTo) > now.getTime() + RENEWED_BEFORE_MS
    );
  } catch {
    return false;
  }
}

/** A reader sees the old file or the new one, never half of one. */
async function replace(file: string, content: string, mode: number): Promise<void> {
  await writeFile(`${file}.new`, content, { mode });
  await rename(`${file}.new`, file);
}
