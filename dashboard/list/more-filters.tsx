// The list's other filters, as fields.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { FilterName, ListFilter } from '../route';
import { labelsOf, labelsText } from './label-filter';

interface MoreFiltersProps {
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}

const FIELDS: readonly { readonly name: FilterName; readonly label: string; readonly hint: string }[] = [
  { name: 'labels', label: 'Labels', hint: 'team=vision run=7' },
  { name: 'name', label: 'Name', hint: 'the whole name' },
  { name: 'placement', label: 'Placement', hint: 'one or more, by commas' },
  { name: 'schedule', label: 'Schedule', hint: 'nightly' },
  { name: 'group', label: 'Group', hint: 'the id of an array: g and 19 more' },
  { name: 'idPrefix', label: 'Id begins with', hint: 'j and three more' },
  { name: 'since', label: 'Submitted since', hint: '2026-01-31T00:00:00Z' },
  { name: 'until', label: 'Submitted before', hint: '2026-02-01T00:00:00Z' },
];

/** Fields are asked for when the form is sent: half a word is no filter. */
export function MoreFilters({ filter, onChange }: MoreFiltersProps): JSX.Element {
  const given = Object.fromEntries(FIELDS.map(({ name }) => [name, shown(name, filter)]));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const values = { ...given, ...typed };
  const count = FIELDS.filter(({ name }) => filter[name] !== undefined).length;
  const apply = (event: SubmitEvent): void => {
    event.preventDefault();
    const next = FIELDS.flatMap(({ name }) => {
      const text = (values[name] ?? '').trim();
      return text === '' ? [] : [[name, name === 'labels' ? JSON.stringify(labelsOf(text)) : text]];
    });
    const kept = filter.state === undefined ? {} : { state: filter.state };
    setTyped({});
    onChange({ ...kept, ...(Object.fromEntries(next) as ListFilter) });
  };
  const clear = (): void => {
    setTyped({});
    onChange(filter.state === undefined ? {} : { state: filter.state });
  };
  return (
    <details class="filters" open={count > 0}>
      <summary>More filters{count === 0 ? '' : ` (${count} set)`}</summary>
      <form onSubmit={apply}>
        {FIELDS.map(({ name, label, hint }) => (
          <label key={name}>
            {label}
            <input
              name={name}
              value={values[name] ?? ''}
              placeholder={hint}
              autocomplete="off"
              spellcheck={false}
              onInput={({ currentTarget }) => setTyped({ ...typed, [name]: currentTarget.value })}
            />
          </label>
        ))}
        <div class="actions">
          <button type="submit" class="primary">
            Filter
          </button>
          <button type="button" onClick={clear}>
            Clear
          </button>
        </div>
      </form>
    </details>
  );
}

function shown(name: FilterName, filter: ListFilter): string {
  const value = filter[name] ?? '';
  return name === 'labels' ? labelsText(value) : value;
}
