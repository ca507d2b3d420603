// The state of the whole deployment, in table GpuJobsControl: a row for draining, one for the last good sweep.
import { z } from 'zod';

import type { ControlStore } from '../../domain/ports/control-store';
import type { StorageClients } from '../account/clients';
import { createLazyTable } from './lazy-table';

const CONTROL_TABLE = 'GpuJobsControl';

const PARTITION = 'control';
const drainingSchema = z.object({ draining: z.boolean() });
const sweepSchema = z.object({ lastGoodSweep: z.iso.datetime() });

/** Both rows are written without condition: the latest write counts, and they depend on no other row. */
export function createTableControlStore(clients: StorageClients): ControlStore {
  const table = createLazyTable(clients, CONTROL_TABLE);

  return {
    read: async () => {
      const { entities } = await table.query(`PartitionKey eq '${PARTITION}'`);
      const columnsOf = (row: string): unknown => entities.find(({ rowKey }) => rowKey === row)?.columns;
      const draining = columnsOf('draining');
      const sweep = columnsOf('sweep');
      return {
        draining: draining === undefined ? false : drainingSchema.parse(draining).draining,
        ...(sweep === undefined ? {} : { lastGoodSweep: Date.parse(sweepSchema.parse(sweep).lastGoodSweep) }),
      };
    },
    setDraining: (draining) => table.upsert({ partitionKey: PARTITION, rowKey: 'draining', draining }),
    noteGoodSweep: (at) =>
      table.upsert({
        partitionKey: PARTITION,
        rowKey: 'sweep',
        lastGoodSweep: new Date(at).toISOString(),
      }),
  };
}
