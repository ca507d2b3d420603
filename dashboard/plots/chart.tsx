// One plot: bars to scale, what their colours mean, and the same numbers as a table.
import type { JSX } from 'preact';

import { dayAndTime, ownZone } from '../frame/fire-times';
import { shownText } from '../frame/shown-text';
import type { Bar } from './periods';
import type { Plot, Series } from './plots-of';
import { inWords, roundTop } from './scale';

interface ChartProps {
  readonly plot: Plot;
  readonly bars: readonly Bar[];
}

const HEIGHT = 150;
/** Room above the bars, for the number of the top line. */
const ABOVE = 16;
/** Of the height: where lines are. */
const PARTS = [1, 0.5, 0];

export function Chart({ plot, bars }: ChartProps): JSX.Element {
  const { title, unit, isStacked, series, lacks } = plot;
  const id = `plot-${title.replace(/[^a-z]+/gi, '-')}`;
  const heights = bars.map((_, index) => {
    const values = series.map(({ values: all }) => all[index] ?? 0);
    return isStacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
  });
  const most = Math.max(0, ...heights);
  const top = roundTop(most, unit);
  return (
    <section class="plot" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {most === 0 ? (
        <p class="quiet">Nothing of it in this period.</p>
      ) : (
        <>
          <svg
            class="bars"
            role="img"
            aria-label={`${title}: ${summary(plot, bars, heights)}`}
            height={HEIGHT + ABOVE}
          >
            {PARTS.map((part) => (
              <line key={part} x1="0" x2="100%" y1={yOf(part)} y2={yOf(part)} />
            ))}
            {bars.map((bar, index) => (
              <BarOf key={bar.from} plot={plot} bar={bar} at={index} of={bars.length} top={top} />
            ))}
            {PARTS.filter((part) => part > 0).map((part) => (
              <text key={part} x="0" y={yOf(part) - 3}>
                {inWords(top * part, unit)}
              </text>
            ))}
          </svg>
          <p class="ends quiet" aria-hidden="true">
            <span>{toldOf(bars[0])}</span>
            <span>{toldOf(bars.at(-1))}</span>
          </p>
          <ul class="legend" aria-label="Colours">
            {series.map(({ name, look }) => (
              <li key={name}>
                <svg class="swatch" aria-hidden="true" width="11" height="11">
                  <rect class={look} width="11" height="11" rx="2" />
                </svg>{' '}
                {shownText(name)}
              </li>
            ))}
          </ul>
        </>
      )}
      {lacks !== '' && <p class="quiet">{lacks}</p>}
      {most > 0 && <Numbers plot={plot} bars={bars} />}
    </section>
  );
}

function yOf(part: number): number {
  return ABOVE + HEIGHT * (1 - part) - 0.5;
}

interface BarOfProps {
  readonly plot: Plot;
  readonly bar: Bar;
  readonly at: number;
  readonly of: number;
  readonly top: number;
}

function BarOf({ plot, bar, at, of, top }: BarOfProps): JSX.Element {
  const { series, isStacked, unit } = plot;
  let below = 0;
  return (
    <>
      {series.map(({ name, look, values }) => {
        const value = values[at] ?? 0;
        if (value === 0) return null;
        const height = (value / top) * HEIGHT;
        const y = ABOVE + HEIGHT - below - height;
        if (isStacked) below += height;
        return (
          <rect
            key={name}
            class={look}
            x={`${((at + 0.1) / of) * 100}%`}
            width={`${80 / of}%`}
            y={y}
            height={Math.max(1, height)}
          >
            <title>{`${toldOf(bar)}, ${name}: ${inWords(value, unit)}`}</title>
          </rect>
        );
      })}
    </>
  );
}

function summary({ unit, isStacked }: Plot, bars: readonly Bar[], heights: readonly number[]): string {
  const most = Math.max(...heights);
  const when = toldOf(bars[heights.indexOf(most)]);
  const peak = `${inWords(most, unit)} at most, ${when}`;
  return isStacked
    ? `${inWords(
        heights.reduce((sum, height) => sum + height, 0),
        unit,
      )} in all, ${peak}`
    : peak;
}

function toldOf(bar: Bar | undefined): string {
  return bar === undefined ? '' : dayAndTime(bar.from, ownZone());
}

/** Bars in which nothing is are left out. */
function Numbers({ plot: { title, unit, series }, bars }: ChartProps): JSX.Element {
  const cell = ({ values }: Series, index: number): string => {
    const value = values[index];
    return value === undefined ? '–' : inWords(value, unit);
  };
  return (
    <details>
      <summary>As a table</summary>
      <div class="wide" tabIndex={0} role="group" aria-label={`Table of ${title}`}>
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">From</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {shownText(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars.map((bar, index) =>
              series.some(({ values }) => (values[index] ?? 0) > 0) ? (
                <tr key={bar.from}>
                  <th scope="row">{toldOf(bar)}</th>
                  {series.map((one) => (
                    <td key={one.name}>{cell(one, index)}</td>
                  ))}
                </tr>
              ) : null,
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}
