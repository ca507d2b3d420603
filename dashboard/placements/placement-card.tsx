// One placement.
import type { JSX } from 'preact';

import type { PlacementView } from '../../api/placements';
import { type Fact, Facts } from '../frame/facts';
import { DateAndTime } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { hrefOf } from '../route';
import { Gpus } from './gpus';
import { Meter } from './meter';
import { type Offers, offersInWords } from './offers';

interface PlacementCardProps {
  readonly placement: PlacementView;
  /** Which in order it is tried, from 1. */
  readonly turn: number;
  readonly now: number;
}

const HEALTH = {
  ok: { kind: 'good', words: '✓ ok' },
  paused: { kind: 'waiting', words: '‖ paused' },
  unreachable: { kind: 'trouble', words: '✕ unreachable' },
} as const;

export function PlacementCard({ placement, turn, now }: PlacementCardProps): JSX.Element {
  const { name, health, detail, pausedUntil, held, limits, quotas = [], refuses, unaccounted } = placement;
  const id = `placement-${name}`;
  return (
    <section class="card placement" aria-labelledby={id}>
      <div class="title">
        <h2 id={id}>{name}</h2>
        <span class={`state ${HEALTH[health].kind}`}>{HEALTH[health].words}</span>
        <a class="to-jobs" href={hrefOf({ page: 'jobs', filter: { placement: name } })}>
          Its jobs
        </a>
      </div>
      {detail !== undefined && <p class="error">{shownText(detail)}</p>}
      {pausedUntil !== undefined && (
        <p class="error">
          Nothing is created before <DateAndTime at={pausedUntil} />: the platform asked for it.
        </p>
      )}
      {unaccounted !== undefined && (
        <p class="error">
          {unaccounted.gpus} GPUs are in use beyond the places held, since{' '}
          <DateAndTime at={unaccounted.since} />. {shownText(unaccounted.todo)}
        </p>
      )}
      <div class="meters">
        <Meter label="Places held" used={held.workloads} limit={limits.workloads} />
        {limits.cores !== undefined && <Meter label="Cores held" used={held.cores} limit={limits.cores} />}
        {quotas.map(({ name: quota, used, limit }) => (
          <Meter key={quota} label={shownText(quota)} used={used} limit={limit} />
        ))}
      </div>
      <Gpus placement={placement} now={now} />
      <Facts facts={factsOf(placement, turn)} />
      {refuses.length > 0 && (
        <details>
          <summary>It refuses {refuses.length === 1 ? 'one thing' : `${refuses.length} things`}</summary>
          <ul>
            {refuses.map(({ what, why }) => (
              <li key={what}>
                <strong>{shownText(what)}</strong>: {shownText(why)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Deployments that tell no offers show none. */
type WithOffers = PlacementView & { readonly offers?: Offers | undefined };

function factsOf(placement: WithOffers, turn: number): readonly Fact[] {
  const { backend, region, waiting, free, limits, accepts, prices, standing, offers } = placement;
  const stands = Object.entries(accepts ?? {}).map(([asked, offered]) => `${offered} for ${asked}`);
  const priced = Object.entries(prices ?? {}).map(([of, perHour]) => `${of} $${perHour}`);
  return [
    ['Tried', turn === 1 ? 'first' : `as number ${turn}`],
    ['Backend', region === undefined ? backend : `${backend} in ${region}`],
    ['Waiting', waiting === undefined ? undefined : `${waiting} ${waiting === 1 ? 'job' : 'jobs'}`],
    ['Offers', offers === undefined ? undefined : shownText(offersInWords(offers))],
    ['Creates now', free.createsNow],
    ['Creates', limits.creates.map(({ per, most }) => `at most ${most} in ${per} s`).join(', ')],
    ['Stands in', stands.join(', ')],
    ['An hour', priced.join(', ')],
    [
      'Costs idle',
      standing === undefined || standing.length === 0 ? undefined : (
        <ul>
          {standing.map(({ what, perHour, todo }) => (
            <li key={what}>
              {shownText(what)}
              {perHour === undefined ? ', no price is configured' : `, $${perHour.toFixed(2)} an hour`}.{' '}
              {shownText(todo)}
            </li>
          ))}
        </ul>
      ),
    ],
  ];
}
