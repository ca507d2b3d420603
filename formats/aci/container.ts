// One container of a group -> the spec's image, command, environment, resources and GPU.
import type { EnvValue } from '../../domain/spec/job-spec';
import type { Draft } from '../draft';
import { inWords, type Reader } from '../reader';
import { fieldsOf } from './fields';

/** What the group still has to know. */
export interface DraftedContainer {
  readonly image: string | undefined;
  readonly gpu: { readonly count: number } | undefined;
  readonly mounts: Reader;
}

export function draftContainer(draft: Draft, container: Reader): DraftedContainer {
  const outer = fieldsOf(container, 'a container', { name: 'harmless', properties: 'read' });
  const properties = outer('properties');
  if (!properties.present) container.problem('has no properties; they name the image and the resources');
  const field = fieldsOf(properties, 'a container', {
    image: 'read',
    command: 'read',
    environmentVariables: 'read',
    resources: 'read',
    ports: { ignored: 'a job listens to nobody' },
    volumeMounts: 'read',
    livenessProbe: { ignored: 'a job that hangs is ended by its deadlines (`deadlines.running`)' },
    readinessProbe: { ignored: 'a job listens to nobody' },
    securityContext: { refused: 'a job runs as its image says' },
    configMap: 'read',
    instanceView: 'harmless',
  });
  const image = field('image').text();
  if (!field('image').present && properties.present) properties.problem('has no image');
  draft.set('image', image, field('image'));
  draft.set('command', commandOf(field('command')), field('command'));
  draftEnvironment(draft, field('environmentVariables'));
  // `az container export` writes an empty one.
  fieldsOf(field('configMap'), 'a config map', {
    keyValuePairs: { refused: 'put its values into environmentVariables' },
  });
  const gpu = draftResources(draft, properties, field('resources'));
  return { image, gpu, mounts: field('volumeMounts') };
}

function commandOf(command: Reader): string[] | undefined {
  const words = command.texts();
  return words?.length === 0 ? undefined : words;
}

function draftEnvironment(draft: Draft, variables: Reader): void {
  const env = new Map<string, EnvValue>();
  for (const variable of variables.items()) {
    const field = fieldsOf(variable, 'an environment variable', {
      name: 'read',
      value: 'read',
      secureValue: 'read',
      secureValueReference: { refused: 'write `{ "secretRef": name }` in the native form' },
    });
    const name = field('name').text();
    if (name === undefined) {
      if (!field('name').present) variable.problem('has no name');
      continue;
    }
    const [value, secure] = [field('value'), field('secureValue')];
    if (name === '__proto__') field('name').problem('is a name that no variable may have');
    else if (env.has(name)) field('name').problem(`"${name}" stands twice; leave one out`);
    else if (value.present === secure.present)
      variable.problem(
        value.present
          ? 'has a value and a secureValue; leave one out'
          : "has no value: `az container export` leaves those of secure variables out. Write it again as its secureValue, which is taken by HTTP; or leave the variable out, convert the document and name a secret of the key vault in the spec's env, `{ \"secretRef\": name }`. An empty variable is `value: ''`",
      );
    else {
      const text = quoted(value.present ? value : secure);
      if (text !== undefined) env.set(name, value.present ? text : { secure: text });
    }
    draft.came(['env', name], variable);
  }
  if (env.size > 0) draft.set('env', Object.fromEntries(env), variables);
}

function quoted(value: Reader): string | undefined {
  if (typeof value.value !== 'number' && typeof value.value !== 'boolean') return value.text();
  value.problem(
    `is ${inWords(value.value)}, must be a text: put it in quotes, or string(…) around an expression that gives it`,
  );
  return undefined;
}

function draftResources(draft: Draft, properties: Reader, resources: Reader): DraftedContainer['gpu'] {
  const outer = fieldsOf(resources, 'resources', {
    requests: 'read',
    limits: { ignored: 'a single container has what it requests' },
  });
  const requests = outer('requests');
  if (!requests.present) {
    properties.problem('has no resources.requests; Azure asks for cpu and memoryInGB');
    return undefined;
  }
  const field = fieldsOf(requests, 'resource requests', { cpu: 'read', memoryInGB: 'read', gpu: 'read' });
  for (const name of ['cpu', 'memoryInGB'] as const)
    if (!field(name).present) requests.problem(`has no ${name}; Azure asks for both cpu and memoryInGB`);
  const [cpu, memoryGb] = [amountOf(field('cpu')), amountOf(field('memoryInGB'))];
  if (cpu !== undefined && memoryGb !== undefined) draft.set('resources', { cpu, memoryGb }, requests);
  draft.came(['resources', 'cpu'], field('cpu'));
  draft.came(['resources', 'memoryGb'], field('memoryInGB'));
  return draftGpu(draft, field('gpu'));
}

function draftGpu(draft: Draft, gpu: Reader): DraftedContainer['gpu'] {
  if (!gpu.present) return undefined;
  const field = fieldsOf(gpu, 'a GPU request', { count: 'read', sku: 'read' });
  if (!field('count').present) gpu.problem('has no count; Azure asks how many GPUs there are to be');
  const count = amountOf(field('count'));
  const sku = field('sku').text();
  if (!field('sku').present)
    gpu.warning('names no sku; Azure asks for one, here the placement gives what it offers');
  draft.set('gpu', { count, ...(sku === undefined ? {} : { sku }) }, gpu);
  draft.came(['gpu', 'count'], field('count'));
  draft.came(['gpu', 'sku'], field('sku'));
  return count === undefined ? undefined : { count };
}

/** A number, or a text of one: Azure takes both, and templates' parameters are often texts. */
function amountOf(amount: Reader): number | undefined {
  if (!amount.present) return undefined;
  const { value } = amount;
  if (typeof value === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(value.trim())) return Number(value);
  if (typeof value !== 'string') return amount.number();
  amount.problem(`is "${value.slice(0, 40)}", must be a number`);
  return undefined;
}
