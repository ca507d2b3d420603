// A process that loads no client and lists nothing: what Node and the measuring itself take.
import { measure } from './first-list';

void measure(() => Promise.resolve(() => Promise.resolve({ items: [] })));
