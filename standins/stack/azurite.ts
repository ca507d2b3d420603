// Genuine Azurite as a process of the stack: `node azurite.js STATE_FOLDER [AZURITE'S OPTIONS]...`. It locks its part
// of the folder first.
import { lockState } from '../kernel/state-lock';
import { AZURITE_PROGRAM } from './azurite-program';

async function main(): Promise<void> {
  const [stateFolder] = process.argv.splice(2, 1);
  if (stateFolder === undefined) throw new Error('Usage: node azurite.js STATE_FOLDER [OPTION]...');
  await lockState(stateFolder, 'azurite', "a stack's Azurite");
  await import(AZURITE_PROGRAM); // The import runs it at once, with the options that are left.
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
