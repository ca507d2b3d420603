// The placements: what is held and free at each, what lacks there, what it refuses; and whether anything is admitted.
import type { JSX } from 'preact';

import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';
import { Trouble } from '../frame/trouble';
import { useNow } from '../frame/use-now';
import { Draining } from './draining';
import { PlacementCard } from './placement-card';

const EVERY_MS = 10_000;

export function PlacementsPage(): JSX.Element {
  const api = useApi();
  const { value, error } = useLive((signal) => api.placements(signal), EVERY_MS, 'placements');
  const now = useNow(1_000);
  const placements = value?.placements;
  return (
    <>
      <h1>Placements</h1>
      <Draining />
      <Trouble error={error} what="The placements could not be read." />
      {placements === undefined && error === undefined && <p class="quiet">Reading …</p>}
      {placements?.length === 0 && (
        <p>
          There are none: the setting <code>GPU_JOBS_PLACEMENTS</code> lists them.
        </p>
      )}
      {placements?.map((placement, index) => (
        <PlacementCard key={placement.name} placement={placement} turn={index + 1} now={now} />
      ))}
    </>
  );
}
