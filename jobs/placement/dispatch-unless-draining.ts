// The dispatcher as all callers use it. While the deployment drains it ends jobs that wait in vain, and admits nothing.
import type { Ports } from '../ports';
import { dispatch, type Dispatched, type DispatchPorts, type PassDepth } from './dispatch';

export type OpenDispatchPorts = DispatchPorts & Pick<Ports, 'control'>;

/** Without placements there is no room, but cancels and queued deadlines of waiting jobs still count. */
export async function dispatchUnlessDraining(
  ports: OpenDispatchPorts,
  scope: PassDepth = 'everything',
): Promise<Dispatched> {
  const { draining } = await ports.control.read();
  return dispatch(draining ? { ...ports, placements: [] } : ports, scope);
}
