// The commands of Azure's GPU guide and those around them, as a user types them, and what each must answer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { REPOSITORY_ROOT } from '../../standins/stack/repository-root';
import type { Ran, Run } from './az';

export interface Command {
  readonly who: Run;
  /** The program's name for people, before the arguments: `az`. */
  readonly name: string;
  readonly args: readonly string[];
  /** What is wrong with the answer; empty when nothing is. A command that fails must say so itself. */
  readonly faults: (ran: Ran) => readonly string[];
}

export interface Programs {
  readonly az: Run;
  readonly gpujobs: Run;
  /** The stack's address over TLS. */
  readonly tls: string;
  /** Where files may be put. */
  readonly folder: string;
}

const GROUP = ['--resource-group', 'mine'];
const VECTOR_ADD = 'gpucontainergroup';
const TENSORFLOW = 'gpucontainergrouprm';
const sample = (path: string): string => join(REPOSITORY_ROOT, 'samples', path);

export function commands({ az, gpujobs, tls, folder }: Programs): readonly Command[] {
  const exported = join(folder, 'exported.yaml');
  const doing = (line: string, faults: Command['faults'] = () => []): Command => ({
    ...{ who: az, name: 'az', args: [...line.split(' '), '--only-show-errors'] },
    faults: (ran) => (ran.code === 0 ? faults(ran) : [`it failed: exit code ${ran.code}`]),
  });
  const group = (command: Command): Command => ({ ...command, args: [...command.args, ...GROUP] });
  return [
    doing(`cloud register --name gpu-jobs --endpoint-resource-manager ${tls}`),
    doing('cloud set --name gpu-jobs'),
    doing(
      'login --service-principal --username me --password anything --tenant local',
      says({ state: 'Enabled' }),
    ),
    doing('account show', says({ environmentName: 'gpu-jobs', isDefault: true })),
    doing('group create --name mine --location eastus', says({ location: 'eastus' })),
    group(
      doing(
        `container create --file ${sample('cuda-vector-add/gpu-deploy-aci.yaml')} --location eastus`,
        says({ name: VECTOR_ADD, properties: { provisioningState: 'Succeeded' } }),
      ),
    ),
    group(
      doing(
        `container show --name ${VECTOR_ADD}`,
        says({
          location: 'eastus',
          instanceView: { state: 'Succeeded' },
          containers: [{ name: 'gpucontainer' }],
        }),
      ),
    ),
    group(
      doing(`container logs --name ${VECTOR_ADD} --container-name gpucontainer`, ({ stdout }) =>
        stdout.includes('Test PASSED') ? [] : ['the log lacks "Test PASSED"'],
      ),
    ),
    group(doing('container list', says([{ name: VECTOR_ADD, resourceGroup: 'mine' }]))),
    group(
      doing(`container export --name ${VECTOR_ADD} --file ${exported}`, () =>
        readFileSync(exported, 'utf8').includes('cuda-vector-add') ? [] : ['the file lacks the image'],
      ),
    ),
    {
      ...{ who: gpujobs, name: 'gpujobs', args: ['submit', exported, '--follow'] },
      faults: ({ code, stdout }) => [
        ...(code === 0 ? [] : [`the exported file was not taken, or its job failed: exit code ${code}`]),
        ...(stdout.includes('Test PASSED') ? [] : ['the job\'s log lacks "Test PASSED"']),
      ],
    },
    group(
      doing(
        `deployment group validate --template-file ${sample('tensorflow-mnist/gpudeploy.json')}`,
        says({ properties: { provisioningState: 'Succeeded' } }),
      ),
    ),
    group(
      doing(
        `deployment group create --template-file ${sample('tensorflow-mnist/gpudeploy.json')}`,
        says({ name: 'gpudeploy', properties: { provisioningState: 'Succeeded' } }),
      ),
    ),
    group(
      doing(
        'deployment operation group list --name gpudeploy',
        says([{ properties: { targetResource: { resourceName: TENSORFLOW } } }]),
      ),
    ),
    group({
      ...doing(`deployment group create --template-file ${join(folder, 'with-output.json')}`),
      faults: ({ code, stderr }) => [
        ...(code === 0 ? ['it succeeded'] : []),
        ...(/InvalidTemplate.*outputs/s.test(stderr)
          ? []
          : ['it does not say InvalidTemplate and what of it']),
      ],
    }),
    group(
      doing(
        `container show --name ${TENSORFLOW}`,
        says({ containers: [{ image: /samples-tf-mnist-demo:gpu$/ }] }),
      ),
    ),
    group(doing(`container delete --name ${VECTOR_ADD} --yes`, says({ name: VECTOR_ADD }))),
    doing('group delete --name mine --yes'),
  ];
}

/** The deployment that must be refused: the sample's template with an output. */
export function templateWithOutput(): string {
  const template = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(sample('cuda-vector-add/gpudeploy.json'), 'utf8')));
  return JSON.stringify({ ...template, outputs: { image: { type: 'string', value: 'any' } } });
}

/** Checks that the JSON on standard output has what `expected` has. A pattern stands for a text that it matches. */
function says(expected: unknown): Command['faults'] {
  return ({ stdout }) => {
    try {
      const found: unknown = JSON.parse(stdout);
      // A login answers with the list of subscriptions that it found.
      return missing(
        Array.isArray(found) && !Array.isArray(expected) ? found[0] : found,
        expected,
        'the answer',
      );
    } catch {
      return ['its output is no JSON'];
    }
  };
}

const objectSchema = z.record(z.string(), z.unknown());

function missing(found: unknown, expected: unknown, where: string): readonly string[] {
  if (expected instanceof RegExp)
    return typeof found === 'string' && expected.test(found) ? [] : [`${where} is ${JSON.stringify(found)}`];
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length)
      return [`${where} is no list of ${expected.length}`];
    return expected.flatMap((item, index) => missing(found[index], item, `${where}[${index}]`));
  }
  const members = objectSchema.safeParse(expected);
  if (members.success) {
    const object = objectSchema.safeParse(found);
    if (!object.success) return [`${where} is ${JSON.stringify(found)}`];
    return Object.entries(members.data).flatMap(([key, value]) =>
      missing(object.data[key], value, `${where}.${key}`),
    );
  }
  return found === expected ? [] : [`${where} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];
}
