// The dispatcher as everybody calls it: while the deployment drains it ends what waits in vain, and admits nothing.
import type { Ports } from '../ports';
import { dispatch, type Dispatched, type DispatchPorts, type Scope } from './dispatch';

export type OpenDispatchPorts = DispatchPorts & Pick<Ports, 'control'>;

/** Without placements there is no room: cancels and queued deadlines of waiting jobs are still seen to. */
export async function dispatchUnlessDraining(
  ports: OpenDispatchPorts,
  scope: Scope = 'everything',
): Promise<Dispatched> {
  const { draining } = await ports.control.read();
  return dispatch(draining ? { ...ports, placements: [] } : ports, scope);
}
