// What the minute tick does, in order; each part is run whatever became of the one before.
import { freeAllHolders } from '../placement/dispatch';
import { dispatchUnlessDraining } from '../placement/dispatch-unless-draining';
import { refreshQuotas } from '../placement/quota-readings';
import type { CompletePorts, DispatchPorts } from '../ports';
import { fireSchedules } from '../schedule/fire-schedules';
import { completeLogs } from './complete-logs';
import { listDueOutputs } from './list-due-outputs';
import { sweep } from './sweep';
import { takeOverJobs } from './take-over';
import { watchUsage } from './watch-usage';

type TickPorts = Parameters<typeof fireSchedules>[0] &
  Parameters<typeof sweep>[0] &
  DispatchPorts &
  CompletePorts;
type TickPart = (ports: TickPorts) => Promise<unknown>;

/** The parts of one tick. Its last parts list outputs and complete logs that an earlier one came across. */
export function tickParts(): readonly TickPart[] {
  let unfinished: Awaited<ReturnType<typeof takeOverJobs>> = { logs: [], outputs: [] };
  const takeOver = async (ports: TickPorts): Promise<void> => {
    unfinished = await takeOverJobs(ports);
  };
  const completeThose = (ports: CompletePorts): Promise<void> => completeLogs(ports, unfinished.logs);
  const listThose = (ports: CompletePorts): Promise<void> => listDueOutputs(ports, unfinished.outputs);
  return [
    fireSchedules,
    sweep,
    takeOver,
    freeAllHolders,
    dispatchUnlessDraining,
    refreshQuotas,
    watchUsage,
    listThose,
    completeThose,
  ];
}
