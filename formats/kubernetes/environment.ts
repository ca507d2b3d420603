// A container's environment variables as a spec's: values, and secrets by reference.
import { type EnvValue, MAX_SPEC_BYTES } from '../../domain/spec/job-spec';
import { expand, type ExpansionBudget, type Variables } from '../../manifests/expansion';
import type { Draft } from '../draft';
import type { Reader } from '../reader';
import { checkFields, type FieldRules, READ, refused, SILENT } from './field-rules';
import { draftEnvFrom, type HeldValues, valueIn } from './held-values';
import { vaultName } from './secret-name';

const VARIABLE_RULES: FieldRules = { name: READ, value: READ, valueFrom: READ };

const VALUE_RULES: FieldRules = {
  secretKeyRef: READ,
  configMapKeyRef: READ,
  fieldRef: refused(
    'is refused: a job is no pod with such a field; it finds its own id in GPU_JOBS_JOB and its attempt in GPU_JOBS_ATTEMPT, so have the program read those',
  ),
  resourceFieldRef: refused('is refused: write the amount itself'),
  fileKeyRef: refused('is refused: write the value itself, or have the program read the file'),
};

/** What texts of a manifest may refer to, and how much of it they may put in. */
export interface Environment {
  readonly variables: Variables;
  readonly budget: ExpansionBudget;
}

/** Drafts `env`; what the variables stand for in `$(NAME)`. `configMaps`: those beside the job, by name. */
export function draftEnvironment(container: Reader, draft: Draft, configMaps: HeldValues): Environment {
  const env = container.at('env');
  const budget: ExpansionBudget = { left: MAX_SPEC_BYTES };
  const values = new Map<string, EnvValue>(
    draftEnvFrom(container.at('envFrom'), configMaps, (name, from) => draft.came(['env', name], from)),
  );
  const variables = new Map<string, string | { readonly secret: true }>(
    [...values].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const own = new Set<string>();
  const vault = new Map<string, string>();
  for (const item of env.present ? env.items() : []) {
    checkFields(item, VARIABLE_RULES, 'an environment variable');
    const name = nameOf(item);
    if (name === undefined) continue;
    if (own.has(name)) item.warning(`names ${name} once more; the last one counts`);
    own.add(name);
    const value = item.at('valueFrom').present
      ? referredTo(item, vault, configMaps)
      : expandedText(item.at('value'), { variables, budget });
    if (value === undefined) continue;
    values.set(name, value);
    variables.set(name, typeof value === 'string' ? value : { secret: true });
    draft.came(['env', name], item);
  }
  if (values.size > 0)
    draft.set('env', Object.fromEntries(values), env.present ? env : container.at('envFrom'));
  return { variables, budget };
}

function nameOf(item: Reader): string | undefined {
  const name = item.at('name');
  if (name.present && name.value !== '__proto__') return name.text();
  if (name.present) name.problem('is a name that no variable may have');
  else item.problem('has no name');
  return undefined;
}

function referredTo(item: Reader, vault: Map<string, string>, configMaps: HeldValues): EnvValue | undefined {
  const from = item.at('valueFrom');
  if (item.at('value').present && item.at('value').value !== '')
    item.problem('has both value and valueFrom; leave one out');
  checkFields(from, VALUE_RULES, 'valueFrom');
  if (from.at('configMapKeyRef').present) return valueIn(from.at('configMapKeyRef'), configMaps);
  const secret = from.at('secretKeyRef');
  if (!secret.present) return undefined;
  checkFields(secret, { name: READ, key: READ, optional: SILENT }, 'secretKeyRef');
  const [name, key] = [secret.at('name').text(), secret.at('key').text()];
  if (name === undefined || key === undefined) {
    secret.problem('must name the secret and its key, both texts');
    return undefined;
  }
  const secretRef = vaultName({ name, key });
  const known = vault.get(secretRef);
  if (known !== undefined && known !== `${name}/${key}`)
    secret.problem(`would be the secret ${secretRef}, which ${known} is already; rename one`);
  vault.set(secretRef, `${name}/${key}`);
  secret.translated(`is read from the key vault of the runner, where it is named ${secretRef}`);
  if (secret.at('optional').value === true)
    secret.at('optional').warning('has no effect: a job whose secret is missing does not start');
  return { secretRef };
}

/**
 * A text with `$(NAME)` put in; undefined when there is none, or what is wrong was reported. Nothing at all is an empty
 * text.
 */
export function expandedText(reader: Reader, { variables, budget }: Environment): string | undefined {
  if (!reader.present) return '';
  const text = reader.text();
  if (text === undefined) return undefined;
  const expanded = expand(text, variables, budget.left);
  switch (expanded.kind) {
    case 'text':
      if (expanded.text === text) return text;
      budget.left -= expanded.text.length;
      reader.translated('has the values of its $(NAME) put in');
      return expanded.text;
    case 'secret':
      reader.problem(
        `puts in the secret ${expanded.name}, whose value is not known before the job starts; let the program read the variable, as \`sh -c\` does with $${expanded.name}`,
      );
      return undefined;
    case 'too-long':
      reader.problem(
        `has $(NAME)s that would make the texts of the manifest longer than ${MAX_SPEC_BYTES} characters in all`,
      );
      return undefined;
  }
}
