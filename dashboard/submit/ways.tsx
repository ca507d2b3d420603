// The two ways to say what is to run.
import type { JSX } from 'preact';

export type Way = 'form' | 'document';

const WAYS: readonly (readonly [Way, string])[] = [
  ['form', 'A form'],
  ['document', 'A document of any format'],
];

interface WaysProps {
  readonly way: Way;
  readonly onWay: (way: Way) => void;
}

export function Ways({ way, onWay }: WaysProps): JSX.Element {
  return (
    <fieldset class="ways">
      <legend class="quiet">What is to run is said by</legend>
      {WAYS.map(([name, text]) => (
        <label key={name}>
          <input type="radio" name="way" checked={way === name} onChange={() => onWay(name)} /> {text}
        </label>
      ))}
    </fieldset>
  );
}
