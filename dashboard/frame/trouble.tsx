// What went wrong, with each thing that the API names.
import type { JSX } from 'preact';

import { ApiProblem } from '../api/request';
import { shownText } from './shown-text';

export function Trouble({
  error,
  what,
}: {
  readonly error: Error | undefined;
  readonly what: string;
}): JSX.Element {
  const errors = error instanceof ApiProblem ? (error.problem?.errors ?? []) : [];
  const words =
    error instanceof ApiProblem ? error.message : 'No answer came. The page asks again by itself.';
  return (
    <div class="trouble" role="status">
      {error !== undefined && (
        <div class="error">
          <strong>{what}</strong> {shownText(words)}
          {errors.length > 0 && (
            <ul>
              {errors.map(({ detail, ...where }, index) => (
                <li key={index}>
                  {placeOf(where)} {shownText(detail)}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}

type Where = Readonly<Record<string, string | number | undefined>>;

function placeOf({ pointer, parameter, line, column, placement }: Where): string {
  if (line !== undefined) return `Line ${line}${column === undefined ? '' : `, column ${column}`}:`;
  const place = pointer ?? parameter ?? placement;
  return place === undefined || place === '' ? '' : `${shownText(String(place))}:`;
}
