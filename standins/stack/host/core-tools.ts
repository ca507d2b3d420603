// Azure Functions Core Tools instead of the local functions host: `npm start -- --functions-host=func`.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import type { Ports } from '../ports';
import { node } from '../process-plans';
import { compiled } from '../repository-root';
import type { ProcessPlan } from '../stack-process';

/** Absolute path of `func`. Throws if PATH (`path`) has none, and says how to get it. */
export function findCoreTools(path: string | undefined): string {
  const names = process.platform === 'win32' ? ['func.exe', 'func.cmd'] : ['func'];
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((candidate) => isExecutable(candidate));
  if (found !== undefined) return found;
  throw new Error(
    'Azure Functions Core Tools ("func") were not found on PATH. Install them (npm package azure-functions-core-tools, version 4), or run "npm start" without --functions-host=func: the local host needs nothing installed.',
  );
}

/** Runs `func start` under a guardian, which ends it and all that it started together with the stack. */
export function coreToolsPlan(func: string, environment: NodeJS.ProcessEnv, ports: Ports): ProcessPlan {
  return {
    name: 'functions-host',
    ...node([compiled('standins/stack/guardian'), func, 'start', '--port', String(ports.functions)]),
    environment,
    // The last line before it serves. The functions' list comes before that line.
    readiness: () => (line) => /Host lock lease acquired|For detailed output, run func with/.test(line),
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
