// `npm run conformance -- [FOLDER]`: replays recordings of a real service on what stands in for it here, and compares.
// Without a folder: those of the Durable extension. `kubernetes`: those of a Kubernetes API. `container-apps`: those of
// Azure Container Apps. A folder: by its form.
import { join, resolve } from 'node:path';

import { createAppInvoker } from '../../standins/durable/worker/app-invoker';
import { loadApp } from '../../standins/functions-host/app/load-app';
import { isFolder, prepareApp } from './app-folder';
import { installAppTime } from './app-time';
import { readCases, readExchanges } from './case-file';
import { holdsContainerApps } from './container-apps/recording';
import { runContainerApps } from './container-apps/run';
import { readKnownDifferences } from './known-differences';
import { holdsRecordings } from './kubernetes/recording';
import { runRecordings } from './kubernetes/run';
import { createStandInCluster, tokenOf } from './kubernetes/stand-in-cluster';
import { createReport } from './report';
import { runCase } from './run-case';
import { runExchanges } from './run-exchanges';

/** The repository's folder, from dist/proofs/conformance. */
const ROOT = resolve(__dirname, '../../..');
const OWN_CORPUS = join(ROOT, 'test/fixtures/conformance');
const OWN_KUBERNETES = join(ROOT, 'test/fixtures/kubernetes');
const OWN_CONTAINER_APPS = join(ROOT, 'test/fixtures/container-apps');

async function main(folder: string | undefined, only: string | undefined): Promise<void> {
  const isOwnApps = folder === 'container-apps';
  if (isOwnApps || (folder !== undefined && (await holdsContainerApps(resolve(folder)))))
    return playContainerApps(isOwnApps ? OWN_CONTAINER_APPS : resolve(folder), only);
  const whole = folder === 'kubernetes';
  if (whole || (folder !== undefined && (await holdsRecordings(resolve(folder)))))
    return playKubernetes(whole ? OWN_KUBERNETES : resolve(folder), only);
  return playDurable(folder);
}

/** `only`: the recordings whose ids begin so; their scenes are played whole. */
async function playContainerApps(folder: string, only: string | undefined): Promise<void> {
  const isAlike = await runContainerApps({
    folder,
    known: await readKnownDifferences(join(ROOT, 'proofs/conformance/container-apps')),
    print: (line) => process.stdout.write(`${line}\n`),
    ...(only !== undefined && { only }),
  });
  process.exitCode = isAlike ? 0 : 1;
}

/** `only`: as above. */
async function playKubernetes(folder: string, only: string | undefined): Promise<void> {
  const isAlike = await runRecordings({
    folder,
    known: await readKnownDifferences(join(ROOT, 'proofs/conformance/kubernetes')),
    createCluster: createStandInCluster,
    tokenOf,
    print: (line) => process.stdout.write(`${line}\n`),
    ...(only !== undefined && { only }),
  });
  process.exitCode = isAlike ? 0 : 1;
}

async function playDurable(folder: string | undefined): Promise<void> {
  const corpus = folder === undefined ? OWN_CORPUS : resolve(folder);
  const cases = await readCases(corpus);
  const ownApp = join(corpus, 'app');
  const appFolder = await prepareApp((await isFolder(ownApp)) ? ownApp : join(OWN_CORPUS, 'app'));
  const report = createReport(await readKnownDifferences(join(ROOT, 'proofs/conformance')), (line) =>
    process.stdout.write(`${line}\n`),
  );
  try {
    const appTime = installAppTime();
    const app = await loadApp(appFolder.path);
    let invocations = 0;
    const invoker = createAppInvoker(app, { newInvocationId: () => `conformance-${++invocations}` });
    for (const each of cases) await report.add(each.name, each.why, () => runCase(each, invoker, appTime));
    if (folder === undefined)
      await runExchanges(await readExchanges(join(corpus, 'management-api.json')), invoker, appTime, report);
    await app.close();
  } finally {
    await appFolder.remove();
  }
  process.exitCode = report.finish(folder === undefined) ? 0 : 1;
}

main(process.argv[2], process.argv[3]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
