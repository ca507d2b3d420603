// What `npm start` prints: every address, and a first request to copy.
import { relative } from 'node:path';

import { type Paint } from './demo/paint';
import type { Stack } from './stack';

/** The addresses that are printed. */
type Addresses = Pick<
  Stack,
  | 'functionsUrl'
  | 'emulatorUrl'
  | 'tls'
  | 'kubernetes'
  | 'containerAppsUrl'
  | 'storage'
  | 'stateFolder'
  | 'logsFolder'
>;

/** Paths are relative to `cwd` where that is shorter. The lines can be copied as they are. */
export function welcome(stack: Addresses, paint: Paint, cwd = process.cwd()): string {
  const api = `${stack.functionsUrl}/api/jobs`;
  const addresses: readonly (readonly [string, string])[] = [
    ['API', api],
    ['ACI emulator', stack.emulatorUrl],
    ...(stack.tls === undefined
      ? []
      : ([
          ['… over TLS', stack.tls.url],
          ['… to trust', shorter(stack.tls.authorityFile, cwd)],
        ] as const)),
    ['Ledger', `${stack.emulatorUrl}/emulator/ledger`],
    ...(stack.kubernetes === undefined
      ? []
      : ([
          ['Kubernetes', stack.kubernetes.url],
          ['… kubeconfig', shorter(stack.kubernetes.kubeconfigFile, cwd)],
        ] as const)),
    ...(stack.containerAppsUrl === undefined ? [] : ([['Container Apps', stack.containerAppsUrl]] as const)),
    ['Queue', `${stack.storage.queue}/gpu-jobs`],
    ['Blobs', stack.storage.blob],
    ['Tables', stack.storage.table],
    ['State', shorter(stack.stateFolder, cwd)],
    ['Process logs', shorter(stack.logsFolder, cwd)],
  ];
  const width = Math.max(...addresses.map(([name]) => name.length));
  const requests: readonly (readonly [string, string])[] = [
    [
      'Submit a job:',
      `curl -s -X POST ${api} -H 'content-type: application/json' -d @samples/cuda-vector-add/job.json`,
    ],
    ['See all jobs:', `curl -s ${api}`],
    ['Read a log:', `curl -s ${api}/JOB_ID/logs`],
    ...(stack.kubernetes === undefined
      ? []
      : ([
          [
            'Look into the cluster:',
            `kubectl --kubeconfig ${shorter(stack.kubernetes.kubeconfigFile, cwd)} get jobs,pods -n gpu-jobs`,
          ],
        ] as const)),
    ...(stack.tls === undefined
      ? []
      : ([
          [
            'Point az at it:',
            `REQUESTS_CA_BUNDLE=${stack.tls.authorityFile} az cloud register --name gpu-jobs --endpoint-resource-manager ${stack.tls.url}`,
          ],
        ] as const)),
  ];
  return [
    '',
    `${paint.bold('gpu-job-runner')} ${paint.dim('on this machine')}`,
    '',
    ...addresses.map(([name, value]) => `${paint.dim(name.padEnd(width))}   ${value}`),
    '',
    ...requests.flatMap(([what, command]) => [paint.dim(what), `  ${command}`]),
    '',
  ].join('\n');
}

function shorter(path: string, cwd: string): string {
  const fromHere = relative(cwd, path);
  return fromHere.length < path.length ? fromHere : path;
}
