// Which files of the product can open a connection, and what says where to: never a spec.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { globSync } from 'tinyglobby';

import { ROOT } from './tracked-files';

const ROOMS = [
  ...['api', 'app', 'backends', 'cli', 'client', 'domain', 'formats', 'functions', 'jobs'],
  ...['manifests', 'orchestrations', 'storage'],
];

/** What sends a request, resolves a name, starts a program or runs a text as code. */
const OPENS: readonly RegExp[] = [
  /^import (?!type\b).*\b(?:request|connect|createConnection|get)\b.* from 'node:(?:http|https|http2|net|tls|dgram)'/m,
  /from 'node:(?:child_process|dgram|dns|dns\/promises|vm|worker_threads)'/,
  /(?:\?\?|[^?]=) fetch\b(?!\()|globalThis\.fetch|(?<![.\w])fetch\((?!\))/,
  /\bcreateDefaultHttpClient\(/,
  /\bnew \w+(?:Client|Credential)\(|\bnew \(.*(?:Client|Credential)\)\(|\.fromConnectionString\(/,
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|\bundici\b|\beval\(|\bnew Function\(/,
];

/** Each with what names the address. */
const KNOWN: Readonly<Record<string, string>> = {
  'app/doctor.ts': "Azure's identity endpoint",
  'app/services.ts': "Azure's identity endpoint",
  'backends/aci/arm-clients.ts': 'GPU_JOBS_ARM_ENDPOINT',
  'backends/arm/arm-reads.ts': 'GPU_JOBS_ARM_ENDPOINT',
  'backends/arm/send-once.ts': 'GPU_JOBS_ARM_ENDPOINT, and of streams an answer (stream-address.ts)',
  'backends/container-apps/cloud/clients.ts': 'GPU_JOBS_ARM_ENDPOINT',
  'backends/container-apps/cloud/workspace-logs.ts': 'GPU_JOBS_LOGS_ENDPOINT',
  'backends/kubernetes/cluster/aks-kubeconfig.ts': 'GPU_JOBS_ARM_ENDPOINT',
  'backends/kubernetes/cluster/exchange.ts': 'the kubeconfig that a placement names',
  'cli/slow-notice.ts': 'the user',
  'client/transport.ts': 'the user',
  'storage/account/clients.ts': 'AzureWebJobsStorage',
  'storage/key-vault-secrets.ts': 'GPU_JOBS_KEY_VAULT',
  'storage/shares/azure-files.ts': 'the share of a volume that a placement names',
};

function opens(text: string): boolean {
  const code = text.replace(/^\s*(?:\/\/|\*|\/\*\*).*$/gm, '');
  return OPENS.some((pattern) => pattern.test(code));
}

test('only these files can send a request, and none of them takes its address from a spec', () => {
  const files = globSync(
    ROOMS.map((room) => `${room}/**/*.ts`),
    { cwd: ROOT },
  );
  expect(files.length).toBeGreaterThan(300);
  const found = files.filter((path) => opens(readFileSync(join(ROOT, path), 'utf8')));
  expect(found.sort()).toEqual(Object.keys(KNOWN));
});

test.each([
  "import { request } from 'node:https';",
  "import { connect } from 'node:net';",
  "import { spawn } from 'node:child_process';",
  'await fetch(url);',
  'const ask = given ?? fetch;',
  'new BlobServiceClient(url);',
  "new Function('return 1')();",
])('a file with %j would be found', (text) => {
  expect(opens(text)).toBe(true);
});
