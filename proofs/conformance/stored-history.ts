// A history as the extension's History table would hold it, which is how the recordings show it.
import { eventTypeName } from '../../standins/durable/history/event-type';
import type { HistoryEvent } from '../../standins/durable/history/history';

/** Longer texts go to a blob: 60 KB in UTF-16. */
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
