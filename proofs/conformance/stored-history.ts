// A history in the form of the extension's History table, which is what the recordings show.
import { eventTypeName } from '../../standins/durable/history/event-type';
import type { HistoryEvent } from '../../standins/durable/history/history';

/** The largest text that a column takes, 60 KB in UTF-16. Longer ones go to a blob. */
const MAX_PROPERTY_BYTES = 60 * 1024;
const LARGE = ['Result', 'Input', 'Reason', 'Details'];

/** Columns that are null are left out. */
export function storedHistory(events: readonly HistoryEvent[]): Record<string, unknown>[] {
  return events.map((event) => {
    const columns: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(event) as [string, unknown][]) {
      if (value === null) continue;
      if (typeof value === 'string' && LARGE.includes(name) && value.length * 2 > MAX_PROPERTY_BYTES) {
        columns[name] = '';
        columns[`${name}BlobName`] = '<blob>';
      } else columns[name] = value;
    }
    columns['EventType'] = eventTypeName(event.EventType);
    return columns;
  });
}
