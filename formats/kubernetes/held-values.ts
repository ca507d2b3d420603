// Variables that a manifest reads from ConfigMaps: those that stand beside the job are put in, others are refused.
import type { Reader } from '../reader';
import { checkFields, READ, SILENT } from './field-rules';
import { shown } from './shown';

/** ConfigMaps by name. */
export type HeldValues = ReadonlyMap<string, Reader>;

const BESIDE =
  'it is in a cluster that the job may not run in. Put the ConfigMap into the same document (kubectl get configmap NAME -o yaml), or write the values in env';

/** The variables of `envFrom`, in order; later ones win. `came` is told where each comes from. */
export function draftEnvFrom(
  envFrom: Reader,
  configMaps: HeldValues,
  came: (name: string, from: Reader) => void,
): [string, string][] {
  return (envFrom.present ? envFrom.items() : []).flatMap((source) => {
    checkFields(source, { prefix: READ, configMapRef: READ, secretRef: READ }, 'envFrom');
    const prefix = source.at('prefix').present ? (source.at('prefix').text() ?? '') : '';
    if (source.at('secretRef').present) {
      const name = shown(source.at('secretRef').at('name').value) ?? 'NAME';
      source
        .at('secretRef')
        .problem(
          `is refused: only the cluster knows the keys of the Secret ${name}. Name each variable in env, by valueFrom.secretKeyRef: { name: ${name}, key: KEY }`,
        );
      return [];
    }
    const held = heldBy(source.at('configMapRef'), configMaps);
    return [...held].map(([key, value]): [string, string] => {
      came(prefix + key, source);
      return [prefix + key, value];
    });
  });
}

/** The value of a `configMapKeyRef`; undefined, and reported, where it can't be had. */
export function valueIn(reference: Reader, configMaps: HeldValues): string | undefined {
  const held = heldBy(reference, configMaps, 'key');
  const key = reference.at('key').text();
  const value = key === undefined ? undefined : held.get(key);
  const name = shown(reference.at('name').value) ?? '';
  if (value === undefined && configMaps.has(name))
    reference.problem(
      `names the key ${key ?? '?'}, which the ConfigMap ${name} beside the job does not have`,
    );
  return value;
}

function heldBy(reference: Reader, configMaps: HeldValues, ...more: string[]): ReadonlyMap<string, string> {
  const rules = Object.fromEntries(['name', ...more].map((name) => [name, READ]));
  checkFields(reference, { ...rules, optional: SILENT }, 'a reference to a ConfigMap');
  const name = reference.at('name').text();
  const configMap = name === undefined ? undefined : configMaps.get(name);
  if (configMap === undefined) {
    reference.problem(`is refused: the ConfigMap ${name ?? ''} is not known here: ${BESIDE}`);
    return new Map();
  }
  reference.translated(`has the values of the ConfigMap ${name ?? ''} beside it put in`);
  const data = configMap.at('data');
  return new Map(
    (data.present ? data.keys() : []).flatMap((key): [string, string][] => {
      const text = data.at(key).text();
      return text === undefined || key === '__proto__' ? [] : [[key, text]];
    }),
  );
}
