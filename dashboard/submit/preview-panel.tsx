// What would become of the document: where it would run, what that costs, and what its translation has to say.
import type { JSX } from 'preact';

import type { OutlookView, Previewed } from '../../api/previews';
import { duration } from '../../cli/show/duration';
import { placeInWords } from '../../cli/show/note';
import { costInWords, gpuInWords, resourcesInWords } from '../../cli/show/words';
import { shownText } from '../frame/shown-text';

export function PreviewPanel({ previewed }: { readonly previewed: Previewed }): JSX.Element {
  const { placements, notes, spec } = previewed;
  return (
    <>
      <p class="verdict">{verdict(previewed)}</p>
      <table class="outlooks">
        <caption class="quiet">Placements, in the order in which they are tried</caption>
        <thead>
          <tr>
            <th scope="col">Placement</th>
            <th scope="col">Gives</th>
            <th scope="col">An hour</th>
            <th scope="col">An attempt, at most</th>
            <th scope="col">Says</th>
          </tr>
        </thead>
        <tbody>
          {placements.map((outlook) => (
            <Outlook key={outlook.placement} outlook={outlook} />
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <>
          <h3>What became of the document</h3>
          <ul class="notes">
            {notes.map(({ kind, where, message }, index) => (
              <li key={index} class={kind}>
                <strong>{kind}</strong> {shownText(placeInWords(where))} {shownText(message)}
              </li>
            ))}
          </ul>
        </>
      )}
      <details class="json">
        <summary>The spec that runs</summary>
        <pre tabIndex={0}>{JSON.stringify(spec, undefined, 2).split('\n').map(shownText).join('\n')}</pre>
      </details>
    </>
  );
}

function Outlook({ outlook }: { readonly outlook: OutlookView }): JSX.Element {
  const { placement, takes, why, gpu, resources, estimate } = outlook;
  const currency = estimate?.currency ?? '';
  const money = (amount: number): string => costInWords({ amount, currency, estimated: true });
  return (
    <tr>
      <th scope="row">{placement}</th>
      <td>
        {gpu !== undefined && `${gpuInWords(gpu)}, `}
        {resources === undefined ? '' : resourcesInWords(resources)}
      </td>
      <td>{estimate === undefined ? (takes ? 'no price is configured' : '') : money(estimate.perHour)}</td>
      <td>
        {estimate !== undefined &&
          `${money(estimate.most.amount)} in ${duration(estimate.most.seconds * 1000)}`}
      </td>
      <td class={takes ? '' : 'error'}>
        {why === undefined ? 'has room now' : `${takes ? 'would wait: ' : ''}${shownText(why)}`}
      </td>
    </tr>
  );
}

function verdict({ chosen, placements, members }: Previewed): JSX.Element {
  const many = members === 1 ? 'It' : `Each of its ${members} jobs`;
  const [able] = placements.filter(({ takes }) => takes);
  if (chosen !== undefined)
    return (
      <>
        {many} would run at <strong>{chosen}</strong>, unless older jobs wait for it.
      </>
    );
  if (able === undefined) return <span class="error">No placement can hold it.</span>;
  return (
    <>
      {many} would wait: no placement that can hold it has room now. <strong>{able.placement}</strong> comes
      first.
    </>
  );
}
