// The app over memory with one placement that names no volume for outputs, and a storage account that keeps them.
import { systemClock } from '../../../domain/ports/clock';
import type { OutputContainers } from '../../../domain/ports/output-containers';
import type { Ports } from '../../../jobs/ports';
import { createStorageClients } from '../../../storage/account/clients';
import { createBlobOutputContainers } from '../../../storage/outputs/blob-output-containers';
import { type TestApp, testApp } from '../app/test-app';
import { MemoryOutputLists } from '../memory/memory-output-lists';
import { mountingFacts } from '../mounting-facts';

/** In the account of this connection. */
export function outputContainersAt(connectionString: string): OutputContainers {
  return createBlobOutputContainers(
    createStorageClients({ kind: 'connection-string', connectionString }),
    systemClock,
  );
}

export function appByUrl(outputContainers: OutputContainers, over: Partial<Ports> = {}): TestApp {
  return testApp({
    factsOf: () => mountingFacts(),
    outputContainers,
    outputLists: new MemoryOutputLists(),
    ...over,
  });
}
