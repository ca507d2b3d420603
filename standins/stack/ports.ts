// The stack's TCP ports. Fixed ones are checked and zeros replaced by free ones, all before anything starts.
import { createServer, type Server } from 'node:net';

/** One port for each service; 0 asks for a free one. */
export interface Ports {
  readonly functions: number;
  readonly aci: number;
  /** The port that also serves the ACI emulator over TLS; undefined: none does. */
  readonly aciTls?: number;
  /** Where the API server of the local Kubernetes cluster listens; undefined: there is no cluster. */
  readonly kubernetes?: number;
  /** Where the stand-in for Container Apps jobs listens; undefined: there is none. */
  readonly containerApps?: number;
  readonly blob: number;
  readonly queue: number;
  readonly table: number;
}

/** The setting of each port (docs/running-locally.md). */
export const PORT_SETTINGS: Readonly<Record<keyof Ports, string>> = {
  functions: 'GPU_JOBS_FUNCTIONS_PORT',
  aci: 'GPU_JOBS_ACI_PORT',
  aciTls: 'GPU_JOBS_ACI_TLS_PORT',
  kubernetes: 'GPU_JOBS_KUBERNETES_PORT',
  containerApps: 'GPU_JOBS_CONTAINER_APPS_PORT',
  blob: 'GPU_JOBS_BLOB_PORT',
  queue: 'GPU_JOBS_QUEUE_PORT',
  table: 'GPU_JOBS_TABLE_PORT',
};

/**
 * Ports that were free a moment ago. All are held at once and then released, so that they differ from one another. With
 * the ports known, every process can start at the same time. Rejects with the setting's name if a fixed one is taken.
 */
export async function claimPorts(asked: Ports): Promise<Ports> {
  const held: Server[] = [];
  const claim = async (service: keyof Ports, wanted: number): Promise<number> => {
    const server = createServer();
    const port = await listen(server, wanted).catch((error: unknown) => {
      throw new Error(
        `Port ${wanted} on 127.0.0.1 cannot be used: end what listens there, or set ${PORT_SETTINGS[service]} to another port (0 picks a free one).`,
        { cause: error },
      );
    });
    held.push(server);
    return port;
  };
  try {
    return {
      functions: await claim('functions', asked.functions),
      aci: await claim('aci', asked.aci),
      ...(asked.aciTls !== undefined && { aciTls: await claim('aciTls', asked.aciTls) }),
      ...(asked.kubernetes !== undefined && { kubernetes: await claim('kubernetes', asked.kubernetes) }),
      ...(asked.containerApps !== undefined && {
        containerApps: await claim('containerApps', asked.containerApps),
      }),
      blob: await claim('blob', asked.blob),
      queue: await claim('queue', asked.queue),
      table: await claim('table', asked.table),
    };
  } finally {
    await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no TCP address.');
  return address.port;
}
