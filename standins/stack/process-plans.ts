// How each process of the stack is started, and how it shows that it is up.
import { join } from 'node:path';

import { z } from 'zod';

import type { Ports } from './ports';
import { compiled } from './repository-root';
import type { ProcessPlan } from './stack-process';

const readyLine = z.object({ ready: z.string(), url: z.string() });

/** Genuine Azurite: blob, queue and table service in one process, on loopback only, without telemetry. */
export function azuritePlan(ports: Ports, stateFolder: string, environment: NodeJS.ProcessEnv): ProcessPlan {
  const args = [
    ...[compiled('standins/stack/azurite'), stateFolder],
    ...['--silent', '--skipApiVersionCheck', '--disableTelemetry'],
    ...['--location', join(stateFolder, 'azurite')],
    ...['--blobHost', '127.0.0.1', '--blobPort', String(ports.blob)],
    ...['--queueHost', '127.0.0.1', '--queuePort', String(ports.queue)],
    ...['--tableHost', '127.0.0.1', '--tablePort', String(ports.table)],
  ];
  return {
    name: 'azurite',
    ...node(args),
    environment,
    readiness: () => {
      const up = new Set<string>();
      return (line) => {
        const service = /^Azurite (\w+) service is successfully listening/.exec(line)?.[1];
        if (service !== undefined) up.add(service);
        return up.size === 3;
      };
    },
  };
}

export function aciEmulatorPlan(environment: NodeJS.ProcessEnv): ProcessPlan {
  return {
    name: 'aci-emulator',
    ...node([compiled('standins/aci/main')]),
    environment,
    readiness: () => (line) => saysReady(line, 'aci-emulator'),
  };
}

export function kubernetesPlan(environment: NodeJS.ProcessEnv): ProcessPlan {
  return {
    name: 'kubernetes',
    ...node([compiled('standins/kubernetes/main')]),
    environment,
    readiness: () => (line) => saysReady(line, 'kubernetes'),
  };
}

export function containerAppsPlan(environment: NodeJS.ProcessEnv): ProcessPlan {
  return {
    name: 'container-apps',
    ...node([compiled('standins/container-apps/main')]),
    environment,
    readiness: () => (line) => saysReady(line, 'container-apps'),
  };
}

/** `app`: the folder of the app that it hosts, which is also where the process stands. */
export function functionsHostPlan(environment: NodeJS.ProcessEnv, app: string): ProcessPlan {
  return {
    name: 'functions-host',
    ...node([compiled('standins/functions-host/main')]),
    cwd: app,
    environment,
    readiness: () => (line) => saysReady(line, 'functions-host'),
  };
}

/** A node process that ends with the one that started it. */
export function node(args: readonly string[]): Pick<ProcessPlan, 'file' | 'args'> {
  return { file: process.execPath, args: ['--require', compiled('standins/stack/end-with-parent'), ...args] };
}

function saysReady(line: string, name: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    return readyLine.parse(JSON.parse(line)).ready === name;
  } catch {
    return false; // It is some other line that begins with a brace.
  }
}
