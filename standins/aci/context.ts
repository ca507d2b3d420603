// The ports and state that every route of the emulator works with.
import type { ContainerRuntime } from '../containers/runtime';
import type { VolumeFolders } from '../containers/volume-folders';
import type { Clock } from '../kernel/clock';
import type { Timers } from '../kernel/timers';
import type { Match } from '../wire/arm-route';
import type { AsyncOperations } from '../wire/async-operation';
import type { WireRequest, WireResponse } from '../wire/handler';
import type { GroupStore } from './groups/group-store';
import type { LedgerBook } from './ledger';
import type { AciSettings } from './settings';
import type { Throttling } from './throttling';

export interface AciPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** A random GUID. */
  readonly newId: () => string;
  readonly runtime: ContainerRuntime;
  readonly settings: AciSettings;
  /** Where volumes lie; left out where programs are scripts, which read no files. */
  readonly volumeFolders?: VolumeFolders | undefined;
  /** Whether such a resource group exists. By default the settings say. */
  readonly resourceGroupExists?: (subscription: string, name: string) => boolean;
}

export interface AciContext extends AciPorts {
  readonly groups: GroupStore;
  readonly ledger: LedgerBook;
  readonly operations: AsyncOperations;
  readonly throttling: Throttling;
}

/** One kind of request; may throw an ArmFault. */
export type Action = (
  context: AciContext,
  request: WireRequest,
  match: Pick<Match<unknown>, 'param'>,
) => WireResponse;
