// Every scene, in the order in which they are played. Each has a stand-in of its own.
import type { Scene } from './scene';
import { DEFINITIONS } from './scenes/definitions';
import { ENVIRONMENTS } from './scenes/environments';
import { EXECUTIONS } from './scenes/executions';
import { LOG_TABLES } from './scenes/log-tables';
import { LOGS } from './scenes/logs';
import { REFUSALS } from './scenes/refusals';

export const ALL_SCENES: readonly Scene[] = [
  ...ENVIRONMENTS,
  ...DEFINITIONS,
  ...EXECUTIONS,
  ...LOGS,
  ...LOG_TABLES,
  ...REFUSALS,
];
