// The form: what most jobs say, a field each.
import type { JSX } from 'preact';

import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';
import type { FieldName, FormFields } from './spec-form';
import { offers } from './submission-calls';

interface SpecFieldsProps {
  readonly fields: FormFields;
  readonly onFields: (fields: FormFields) => void;
}

interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly hint: string;
  /** Lines of a text; left out: one. */
  readonly rows?: number;
  readonly list?: string;
  readonly mode?: 'decimal' | 'numeric';
}

const FIELDS: readonly Field[] = [
  { name: 'image', label: 'Image', hint: 'docker.io/library/python:3.13' },
  { name: 'name', label: 'Name', hint: 'for people; need not be unique' },
  { name: 'command', label: 'Command', hint: "python train.py --name 'two words'", rows: 2 },
  { name: 'args', label: 'Arguments for the image’s own program', hint: '--epochs 5', rows: 2 },
  { name: 'gpuSku', label: 'GPU', hint: 'any, where a number is given', list: 'skus' },
  { name: 'gpuCount', label: 'Number of GPUs', hint: '1, where a GPU is named', mode: 'numeric' },
  { name: 'cpu', label: 'CPU cores', hint: 'what the placement gives', mode: 'decimal' },
  { name: 'memoryGb', label: 'Memory, GB', hint: 'what the placement gives', mode: 'decimal' },
  { name: 'env', label: 'Environment', hint: 'EPOCHS=5', rows: 3 },
  { name: 'references', label: 'Environment from the key vault', hint: 'TOKEN=name-of-the-secret', rows: 3 },
  {
    name: 'placements',
    label: 'Placements, in this order',
    hint: 'all that are configured',
    list: 'placements',
  },
  { name: 'labels', label: 'Labels', hint: 'team=vision', rows: 3 },
  { name: 'outputs', label: 'Folder of outputs', hint: '/outputs' },
  { name: 'runningMinutes', label: 'May run for, minutes', hint: '60', mode: 'numeric' },
  { name: 'rest', label: 'The rest of the spec, as JSON', hint: '{"retry": {"attempts": 1}}', rows: 3 },
];

/** What placements offer changes with the configuration alone. */
const EVERY_MS = 300_000;

export function SpecFields({ fields, onFields }: SpecFieldsProps): JSX.Element {
  const { send } = useApi();
  const { value } = useLive((signal) => offers(send, signal), EVERY_MS, 'offers');
  return (
    <div class="spec-fields">
      {FIELDS.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={fields[field.name]}
          onValue={(text) => onFields({ ...fields, [field.name]: text })}
        />
      ))}
      <datalist id="skus">
        {value?.skus.map((sku) => (
          <option key={sku} value={sku} />
        ))}
      </datalist>
      <datalist id="placements">
        {value?.placements.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {Object.entries(fields.secrets).map(([name, typed]) => (
        <label key={`secret ${name}`}>
          {name}, a literal secret: it is not kept, type it again
          <input
            type="password"
            autocomplete="off"
            value={typed}
            onInput={({ currentTarget }) =>
              onFields({ ...fields, secrets: { ...fields.secrets, [name]: currentTarget.value } })
            }
          />
        </label>
      ))}
    </div>
  );
}

interface OneFieldProps {
  readonly field: Field;
  readonly value: string;
  readonly onValue: (text: string) => void;
}

function OneField({ field, value, onValue }: OneFieldProps): JSX.Element {
  const { name, label, hint, rows, list, mode } = field;
  const common = {
    name,
    value,
    placeholder: hint,
    spellcheck: false,
    autocomplete: 'off',
    required: name === 'image',
  } as const;
  return (
    <label class={rows === undefined ? '' : 'wide'}>
      {label}
      {rows === undefined ? (
        <input
          {...common}
          list={list}
          inputMode={mode}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      ) : (
        <textarea {...common} rows={rows} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
      )}
    </label>
  );
}
