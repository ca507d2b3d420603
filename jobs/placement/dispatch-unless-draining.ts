// The dispatcher as all callers use it. While the deployment drains it ends jobs that wait in vain, and admits nothing.
import type { DispatchPorts } from '../ports';
import { dispatch, type Dispatched, type PassDepth } from './dispatch';

/** Without placements there is no room, but cancels and queued deadlines of waiting jobs still count. */
export async function dispatchUnlessDraining(
  ports: DispatchPorts,
  scope: PassDepth = 'everything',
): Promise<Dispatched> {
  const { draining } = await ports.control.read();
  return dispatch(draining ? { ...ports, placements: [] } : ports, scope);
}
