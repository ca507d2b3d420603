// The local stack: Azurite, the ACI emulator, the Kubernetes cluster, the stand-in for Container Apps and the functions
// host, booted together, watched, ended in reverse order.
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { systemClock } from '../kernel/clock';
import type { FolderLock } from '../kernel/folder-lock';
import { lockState } from '../kernel/state-lock';
import { keepKubeconfig, keptToken } from '../kubernetes/kept-kubeconfig';
import { kubeconfigFile } from '../kubernetes/process-settings';
import { authorityFile, keptCertificate } from '../tls/kept-certificate';
import { storageConnectionString, type StorageEndpoints, storageEndpoints } from './azurite-endpoints';
import { claimPorts, type Ports } from './ports';
import {
  aciEmulatorPlan,
  azuritePlan,
  containerAppsPlan,
  functionsHostPlan,
  kubernetesPlan,
} from './process-plans';
import { REPOSITORY_ROOT } from './repository-root';
import { stackEnvironment } from './stack-environment';
import {
  type Ending,
  PROCESS_NAMES,
  type ProcessName,
  type ProcessPlan,
  type StackProcess,
  startProcess,
} from './stack-process';
import type { Environment, StackSettings } from './stack-settings';

export type StackEvent =
  | { readonly kind: 'up'; readonly name: ProcessName; readonly afterMs: number }
  | {
      readonly kind: 'died';
      readonly name: ProcessName;
      readonly ending: Ending;
      readonly lastLines: readonly string[];
    }
  /** It died too often and stays down. */
  | { readonly kind: 'given-up'; readonly name: ProcessName };

export interface StackOptions {
  readonly settings: StackSettings;
  /** The user's own settings. The stack's replace them only where they must. */
  readonly user: Environment;
  /** What follows an unexpected death: a new process on the same ports, or only the report. */
  readonly onDeath: 'restart' | 'report';
  readonly report: (event: StackEvent) => void;
  /** The folder of another app than the repository's own, such as an unzipped package. Absolute. */
  readonly app?: string;
  /** Replaces the plan of the functions host, for example by Core Tools. */
  readonly functionsHost?: (environment: NodeJS.ProcessEnv, ports: Ports) => ProcessPlan;
}

export interface Stack {
  /** Where the app answers, without a trailing slash. */
  readonly functionsUrl: string;
  readonly emulatorUrl: string;
  /** If TLS was asked for: the address that serves it, and the certificate file that clients must trust. */
  readonly tls?: { readonly url: string; readonly authorityFile: string };
  /** The local Kubernetes cluster, where it was asked for: its API server, and a kubeconfig that leads to it. */
  readonly kubernetes?: { readonly url: string; readonly kubeconfigFile: string };
  /** Where Container Apps jobs are stood in for, where that was asked for. */
  readonly containerAppsUrl?: string;
  readonly storage: StorageEndpoints;
  readonly storageConnectionString: string;
  readonly stateFolder: string;
  readonly logsFolder: string;
  /** Which processes it is made of. */
  readonly processes: readonly ProcessName[];
  /** The process of that name that runs now. After a restart it is another one. */
  process(name: ProcessName): StackProcess;
  /** Starts `name` again after it has ended, with the same ports; resolves when it is up. */
  start(name: ProcessName, extra?: Environment): Promise<void>;
  /** Ends host, emulator and Azurite, in this order. May be called twice. */
  stop(): Promise<void>;
}

/** More deaths than this within the time show a fault that a restart does not mend. */
const DEATHS = { most: 5, withinMs: 60_000 };

/**
 * Boots everything at once. Resolves when all three are up. Rejects, with nothing left running, if one fails or another
 * stack has the state folder.
 */
export async function bootStack(options: StackOptions): Promise<Stack> {
  const lock = await lockState(options.settings.stateFolder, 'stack', 'a stack of gpu-job-runner');
  try {
    return await boot(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function boot(options: StackOptions, lock: FolderLock): Promise<Stack> {
  const { settings, user, report } = options;
  const begun = performance.now();
  const ports = await claimPorts(settings.ports);
  const logsFolder = join(settings.stateFolder, 'logs');
  await mkdir(logsFolder, { recursive: true });
  const kubernetes = ports.kubernetes === undefined ? undefined : await clusterAt(ports.kubernetes, settings);
  const environment = stackEnvironment({ user, ports, stateFolder: settings.stateFolder });
  const plans: Readonly<Record<ProcessName, ProcessPlan>> = {
    azurite: azuritePlan(ports, settings.stateFolder, environment),
    'aci-emulator': aciEmulatorPlan(environment),
    kubernetes: kubernetesPlan(environment),
    'container-apps': containerAppsPlan(environment),
    'functions-host':
      options.functionsHost === undefined
        ? functionsHostPlan(environment, options.app ?? REPOSITORY_ROOT)
        : options.functionsHost(environment, ports),
  };
  const names = PROCESS_NAMES.filter((name) => {
    if (name === 'kubernetes') return ports.kubernetes !== undefined;
    return name !== 'container-apps' || ports.containerApps !== undefined;
  });
  const running = new Map<ProcessName, StackProcess>();
  const logs = new Map<ProcessName, WriteStream>();
  const deaths = new Map<ProcessName, number[]>();
  let stopping = false;

  const launch = async (name: ProcessName, extra: Environment = {}): Promise<void> => {
    if (stopping) throw new Error(`${name} is not started: the stack is ending.`);
    const log = logs.get(name) ?? createWriteStream(join(logsFolder, `${name}.log`), { flags: 'a' });
    logs.set(name, log);
    const plan = plans[name];
    const started = startProcess(
      { ...plan, environment: { ...plan.environment, ...extra } },
      REPOSITORY_ROOT,
      log,
    );
    running.set(name, started);
    await started.ready;
    void started.ended.then((ending) => died(started, ending));
  };

  const died = (dead: StackProcess, ending: Ending): void => {
    if (stopping || running.get(dead.name) !== dead) return;
    report({ kind: 'died', name: dead.name, ending, lastLines: dead.lastLines() });
    if (options.onDeath === 'restart') void startAgain(dead.name);
  };

  const startAgain = async (name: ProcessName): Promise<void> => {
    const now = performance.now();
    const recent = [...(deaths.get(name) ?? []).filter((at) => at > now - DEATHS.withinMs), now];
    deaths.set(name, recent);
    if (recent.length > DEATHS.most) {
      report({ kind: 'given-up', name });
      return;
    }
    try {
      await launch(name);
      report({ kind: 'up', name, afterMs: performance.now() - now });
    } catch {
      const failed = running.get(name); // Its last lines say why, and only the report can show them.
      if (failed !== undefined) died(failed, await failed.ended);
    }
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    for (const name of PROCESS_NAMES.toReversed()) await running.get(name)?.stop();
    await Promise.all([...logs.values()].map((log) => new Promise<void>((done) => log.end(() => done()))));
    lock.release();
  };

  try {
    await Promise.all(
      names.map(async (name) => {
        await launch(name);
        report({ kind: 'up', name, afterMs: performance.now() - begun });
      }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const storage = storageEndpoints(ports);
  return {
    functionsUrl: `http://127.0.0.1:${ports.functions}`,
    emulatorUrl: `http://127.0.0.1:${ports.aci}`,
    ...(ports.aciTls !== undefined && {
      tls: { url: `https://localhost:${ports.aciTls}`, authorityFile: authorityFile(settings.stateFolder) },
    }),
    ...(kubernetes !== undefined && { kubernetes }),
    ...(ports.containerApps !== undefined && {
      containerAppsUrl: `http://127.0.0.1:${ports.containerApps}`,
    }),
    storage,
    storageConnectionString: storageConnectionString(storage),
    stateFolder: settings.stateFolder,
    logsFolder,
    processes: names,
    process: (name) => {
      const found = running.get(name);
      if (found === undefined) throw new Error(`${name} was never started.`);
      return found;
    },
    start: launch,
    stop,
  };
}

/** The kubeconfig is there before any process, so that the app may read it as soon as it is up. */
async function clusterAt(
  port: number,
  { stateFolder }: StackSettings,
): Promise<NonNullable<Stack['kubernetes']>> {
  const cluster = { url: `http://127.0.0.1:${port}`, kubeconfigFile: kubeconfigFile(stateFolder) };
  const { authority } = await keptCertificate(stateFolder, new Date(systemClock.now()));
  const token = await keptToken(cluster.kubeconfigFile);
  await keepKubeconfig(cluster.kubeconfigFile, `https://127.0.0.1:${port}`, token, authority);
  return cluster;
}
