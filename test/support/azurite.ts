// A storage emulator of a test's own: genuine Azurite in a child process, on free ports, with nothing on disk.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';

import { AZURITE_PROGRAM } from '../../standins/stack/azurite-program';

export interface Azurite {
  /** For the SDK's `fromConnectionString` and for `AzureWebJobsStorage`: blob, queue and table endpoints. */
  readonly connectionString: string;
  readonly blobEndpoint: string;
  readonly queueEndpoint: string;
  readonly tableEndpoint: string;
  /** Kills the process and resolves when it is gone. */
  stop(): Promise<void>;
}

/** The account that every Azurite has; its key is public. */
export const AZURITE_ACCOUNT = 'devstoreaccount1';
export const AZURITE_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const SERVICES = ['Blob', 'Queue', 'Table'] as const;
const LISTENING = /^Azurite (Blob|Queue|Table) service is successfully listening at (https?:\S+)$/;

export interface AzuriteOptions {
  /** For a test that must know the port beforehand. */
  readonly queuePort?: number;
  /** The files of a certificate: it then speaks TLS alone, and takes tokens without a look at who signed them. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/**
 * Starts Azurite (about 0.8 s); rejects with its output when it does not come up. Call it once a test file, in
 * beforeAll.
 */
export async function startAzurite({ queuePort = 0, tls }: AzuriteOptions = {}): Promise<Azurite> {
  const child = spawn(
    process.execPath,
    [
      AZURITE_PROGRAM,
      '--silent',
      '--loose',
      '--skipApiVersionCheck',
      '--disableTelemetry',
      '--inMemoryPersistence',
      ...['--blobPort', '0', '--queuePort', String(queuePort), '--tablePort', '0'],
      ...(tls === undefined ? [] : ['--oauth', 'basic', '--cert', tls.cert, '--key', tls.key]),
    ],
    { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stop = async (): Promise<void> => {
    process.removeListener('exit', killWithUs);
    child.kill('SIGKILL');
    await gone;
  };

  const output: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const endpoints = new Map<string, string>();
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      output.push(line);
      const [, service, url] = LISTENING.exec(line) ?? [];
      if (service !== undefined && url !== undefined) endpoints.set(service, `${url}/${AZURITE_ACCOUNT}`);
      if (endpoints.size === SERVICES.length) resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`Azurite ended with ${code ?? 'a signal'} before it was up:\n${output.join('\n')}`)),
    );
  });

  const endpoint = (service: (typeof SERVICES)[number]): string => endpoints.get(service) ?? '';
  return {
    blobEndpoint: endpoint('Blob'),
    queueEndpoint: endpoint('Queue'),
    tableEndpoint: endpoint('Table'),
    connectionString: [
      `DefaultEndpointsProtocol=${tls === undefined ? 'http' : 'https'}`,
      `AccountName=${AZURITE_ACCOUNT}`,
      `AccountKey=${AZURITE_KEY}`,
      ...SERVICES.map((service) => `${service}Endpoint=${endpoint(service)}`),
      '',
    ].join(';'),
    stop,
  };
}
