// The GPUs of a placement, and of each whether it can be had there, as far as its last refusals tell.
import type { JSX } from 'preact';

import type { PlacementView } from '../../api/placements';
import { ago } from '../../cli/show/duration';
import { until } from '../frame/fire-times';

interface GpusProps {
  readonly placement: PlacementView;
  readonly now: number;
}

type Shut = NonNullable<PlacementView['shut']>[number];

export function Gpus({ placement, now }: GpusProps): JSX.Element {
  const { name, gpus, shut = [], refuses } = placement;
  const rows = [
    ...gpus.map(({ sku, counts }) => ({ resource: sku, what: `${counts.join(', ')} × ${sku}` })),
    ...shut
      .filter(({ resource }) => !gpus.some(({ sku }) => sku === resource))
      .map(({ resource }) => ({ resource, what: resource === 'cpu' ? 'without a GPU' : resource })),
  ];
  if (rows.length === 0) return <p>It offers no GPU.</p>;
  return (
    <table class="plain" aria-label={`GPUs of ${name}`}>
      <thead>
        <tr>
          <th scope="col">A job may have</th>
          <th scope="col">Capacity</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ resource, what }) => {
          const lack = shut.find((one) => one.resource === resource);
          const refused = refuses.find(({ gpu }) => gpu?.sku === resource);
          return (
            <tr key={resource}>
              <th scope="row">{what}</th>
              <td class={lack === undefined && refused === undefined ? '' : 'error'}>
                {lack !== undefined
                  ? lackInWords(lack, now)
                  : refused === undefined
                    ? 'nothing is known to lack'
                    : 'refused, see below'}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function lackInWords({ why, since, refusals, until: next, probe }: Shut, now: number): string {
  const times = refusals === 1 ? 'refused once' : `refused ${refusals} times`;
  const then =
    probe !== undefined
      ? `${probe} is trying now`
      : Date.parse(next) > now
        ? `a job tries again ${until(Date.parse(next), now)}`
        : 'the next job tries again';
  return `no ${why}: ${times}, first ${ago(now - Date.parse(since))}; ${then}`;
}
