// Loads what a command needs when it runs: `gpujobs --help` must not wait for Azure's clients, parsers and schemas.
//
// `require`, not `import()`: the latter wants file extensions that only the build has.
import type * as Client from '../client/gpu-jobs-client';
import type * as Cancel from './commands/cancel';
import type * as Convert from './commands/convert';
import type * as Doctor from './commands/doctor';
import type * as Drain from './commands/drain';
import type * as List from './commands/list';
import type * as Logs from './commands/logs';
import type * as Outputs from './commands/outputs';
import type * as Placements from './commands/placements';
import type * as Profile from './commands/profile';
import type * as Resubmit from './commands/resubmit';
import type * as Schedule from './commands/schedule';
import type * as Show from './commands/show';
import type * as Submit from './commands/submit';
import type * as Wait from './commands/wait';
import type * as Watch from './commands/watch';
import type * as Target from './profiles/target';

/* eslint-disable @typescript-eslint/no-require-imports -- lazy loads, see above */
export const load = {
  client: (): typeof Client => require('../client/gpu-jobs-client') as typeof Client,
  target: (): typeof Target => require('./profiles/target') as typeof Target,
  cancel: (): typeof Cancel => require('./commands/cancel') as typeof Cancel,
  convert: (): typeof Convert => require('./commands/convert') as typeof Convert,
  doctor: (): typeof Doctor => require('./commands/doctor') as typeof Doctor,
  drain: (): typeof Drain => require('./commands/drain') as typeof Drain,
  list: (): typeof List => require('./commands/list') as typeof List,
  logs: (): typeof Logs => require('./commands/logs') as typeof Logs,
  outputs: (): typeof Outputs => require('./commands/outputs') as typeof Outputs,
  placements: (): typeof Placements => require('./commands/placements') as typeof Placements,
  profile: (): typeof Profile => require('./commands/profile') as typeof Profile,
  resubmit: (): typeof Resubmit => require('./commands/resubmit') as typeof Resubmit,
  schedule: (): typeof Schedule => require('./commands/schedule') as typeof Schedule,
  show: (): typeof Show => require('./commands/show') as typeof Show,
  submit: (): typeof Submit => require('./commands/submit') as typeof Submit,
  wait: (): typeof Wait => require('./commands/wait') as typeof Wait,
  watch: (): typeof Watch => require('./commands/watch') as typeof Watch,
};
