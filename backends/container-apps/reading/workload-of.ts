// From an execution, and what is told of its container, to the workload's state. Pure.
import type { Reason } from '../../../domain/job/failure-reason';
import type { Workload } from '../../../domain/ports/compute-backend';
import {
  endWithoutCode,
  imageReason,
  PLATFORM_DEADLINE,
  platformTrouble,
  startReason,
  STOPPED,
} from './failures';
import { lackIn } from './lacks';
import type { ExecutionView, SystemRow } from './sight';
import { hasStarted, liveRows, startedOf } from './start-word';
import {
  type Exit,
  exitIn,
  has,
  isBeingPulled,
  isNoProgramsEnd,
  saidAtEnd,
  startTroubleIn,
} from './system-rows';

type Shown = Omit<Workload, 'restartCount' | 'ranMoreThanOnce'>;

/** States: docs/facts/container-apps.md#states. */
export function workloadOf(execution: ExecutionView, rows: readonly SystemRow[]): Workload {
  const shown = stateOf(execution, rows);
  const { container, endTime } = execution;
  return {
    ...shown,
    run: execution.name,
    restartCount: 0,
    // The execution's own start is that of the wait for a machine.
    ...(container?.startedAt === undefined ? {} : { startedAt: container.startedAt }),
    ...(endTime === undefined || shown.phase !== 'ended' ? {} : { endedAt: endTime }),
  };
}

function stateOf(execution: ExecutionView, rows: readonly SystemRow[]): Shown {
  switch (execution.status) {
    case 'Succeeded':
      return { phase: 'ended', started: 'yes', ...(exitOf(execution, rows) ?? SUCCEEDED) };
    case 'Failed':
      return { phase: 'ended', ...failed(execution, rows) };
    case 'Stopped':
      return { phase: 'ended', started: startedOf(execution, rows), failure: STOPPED };
    default:
      // Running, Processing, Unknown, Degraded, and whatever else may come: none of them is an end.
      return alive(execution, rows);
  }
}

/**
 * Its container, or the platform's log, also tell of an end that the execution does not show: some say Running until
 * their deadline (docs/facts/container-apps.md#platform-trouble).
 */
function alive(execution: ExecutionView, rows: readonly SystemRow[]): Shown {
  const exit = exitOf(execution, rows);
  if (exit !== undefined) return { phase: 'ended', started: 'yes', ...exit };
  const started = startedOf(execution, rows);
  if (started === 'yes') return { phase: 'running', started };
  const said = execution.container?.said ?? '';
  const told = isBeingPulled(rows) ? undefined : startTroubleIn(provingRows(started, rows));
  const startTrouble = told ?? (/ErrImagePull|ImagePullBackOff/.test(said) ? imageReason(said) : undefined);
  const lacking = lackIn(rows);
  return {
    phase: lacking !== undefined || !hasMachine(execution, rows) ? 'provisioning' : 'pulling',
    started,
    ...(startTrouble === undefined ? {} : { startTrouble }),
    ...(lacking === undefined ? {} : { lacking }),
  };
}

/** The status alone says nothing of it: some never leave Processing, and Running is said of what has no machine. */
function hasMachine({ container }: ExecutionView, rows: readonly SystemRow[]): boolean {
  return container !== undefined || ON_A_MACHINE.some((reason) => has(rows, reason));
}

const ON_A_MACHINE: readonly string[] = [
  'AssigningReplica',
  'PullingImage',
  'PulledImage',
  'ContainerCreated',
];

/** A platform that calls it Succeeded says that its program ended with 0 (docs/facts/container-apps.md#exit-codes). */
const SUCCEEDED: Exit = { exitCode: 0, exitSource: 'status-alone' };

function failed(execution: ExecutionView, rows: readonly SystemRow[]): Omit<Shown, 'phase'> {
  const said = [execution.reason, execution.message].filter(Boolean).join(': ');
  const exit = exitOf(execution, rows);
  if (isDeadline(execution, rows)) {
    if (exit !== undefined) return { started: 'yes', ...exit, exitReason: PLATFORM_DEADLINE };
    // Pulls are tried again up to the deadline (docs/facts/container-apps.md#image-pulls).
    const trouble = hasStarted(execution, rows) ? undefined : troubleOf(execution, rows);
    return trouble === undefined
      ? { started: startedOf(execution, rows), failure: PLATFORM_DEADLINE }
      : { started: startedBesides(execution, rows), failure: trouble };
  }
  if (exit !== undefined) return { started: 'yes', ...exit };
  const trouble = troubleOf(execution, rows);
  if (trouble !== undefined) return { started: startedBesides(execution, rows), failure: trouble };
  if (neverPulled(execution, liveRows(rows))) return { started: 'no', failure: platformTrouble(said) };
  return { started: startedOf(execution, rows), failure: endWithoutCode(said, lateHint(execution, rows)) };
}

/** By the execution's own reason, its container's, or the platform's log: which of them are shown is not known. */
function isDeadline({ reason, container }: ExecutionView, rows: readonly SystemRow[]): boolean {
  const isSaid = [reason, container?.said].some((said) => said?.includes(DEADLINE) === true);
  return isSaid || has(rows, DEADLINE) || saidAtEnd(rows).includes(DEADLINE);
}

const DEADLINE = 'DeadlineExceeded';

/** Why its program never ran. */
function troubleOf(execution: ExecutionView, rows: readonly SystemRow[]): Reason | undefined {
  const started = startedOf(execution, rows);
  const told = started === 'yes' ? undefined : startTroubleIn(provingRows(started, rows));
  return told ?? noStartOf(execution);
}

/**
 * The rows whose word on trouble with the start stands. A later try may have come off: late rows may not tell that yet,
 * so theirs counts only where a live word says that the program has not started.
 */
function provingRows(started: Workload['started'], rows: readonly SystemRow[]): readonly SystemRow[] {
  return started === 'no' ? rows : liveRows(rows);
}

/** What late rows make likely, and do not prove. */
function lateHint(execution: ExecutionView, rows: readonly SystemRow[]): string | undefined {
  if (startedOf(execution, rows) === 'yes') return undefined;
  return (
    startTroubleIn(rows)?.message ?? (neverPulled(execution, rows) ? 'No pull of its image.' : undefined)
  );
}

function noStartOf({ container }: ExecutionView): Reason | undefined {
  const said = container?.said;
  if (said === undefined || !isNoProgramsEnd(said)) return undefined;
  if (said.includes('ImagePullFailure')) return imageReason(said);
  return said.includes('ManuallyStopped') ? STOPPED : startReason(said);
}

/**
 * The platform's log is there up to the end, and tells of no pull. Where it is live, the program was never there; of
 * the rows of a workspace those of the pull, and of how the program ended, may come yet.
 */
function neverPulled({ container }: ExecutionView, rows: readonly SystemRow[]): boolean {
  const isTold = has(rows, 'SuccessfulCreate') && has(rows, 'BackoffLimitExceeded');
  return isTold && container === undefined && !has(rows, 'PullingImage') && !has(rows, 'PulledImage');
}

/** How the program ended: the detailed status first, else the platform's log. */
function exitOf({ container }: ExecutionView, rows: readonly SystemRow[]): Exit | undefined {
  if (container?.exitCode === undefined || isNoProgramsEnd(container.said)) return exitIn(rows);
  const { exitCode, said } = container;
  return { exitCode, ...(said === undefined ? {} : { exitDetail: said }) };
}

/** Beside trouble with its start: that is a word, too, where it is live. */
function startedBesides(execution: ExecutionView, rows: readonly SystemRow[]): Workload['started'] {
  const started = startedOf(execution, rows);
  return started === 'perhaps' && startTroubleIn(liveRows(rows)) !== undefined ? 'no' : started;
}
