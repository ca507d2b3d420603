// The options that several commands share: of a spec, of a document, of following.
import { type Command, Option } from 'commander';

import { spelledAs } from '../../domain/parse/any-case';
import { collect, countingNumber, decimalNumber, exitCodes, seconds, wholeNumber } from './option-parsers';

/** Options that say what to run without a document; beside a document, they replace what it says. */
export function withSpecOptions(command: Command): Command {
  return command
    .option('--image <image>', 'run this image; what follows -- replaces its command')
    .option('--gpu <count>', 'how many GPUs; 0 for none', wholeNumber)
    .option('--sku <sku>', 'which GPU, such as V100; default: whatever the placement offers')
    .option('--cpu <cores>', 'CPU cores', decimalNumber)
    .option('--memory <gb>', 'GB of memory', decimalNumber)
    .option('--env <name=value>', 'an environment variable (repeat)', collect)
    .option('--secret-env <name=secret>', 'a variable with the value of a Key Vault secret (repeat)', collect)
    .option('--secure-env <name>', "a secret variable, with this shell's value of it (repeat)", collect)
    .option('--name <name>', 'a name for people')
    .option('--label <name=value>', 'a label to find it by (repeat)', collect)
    .option('--placement <name>', 'where it may run, in this order (repeat); default: everywhere', collect)
    .option('--registry-server <server>', "whose credentials follow; default: the image's registry")
    .option('--registry-identity <id>', 'the managed identity that pulls the image')
    .option('--registry-username <name>', 'the user that pulls it')
    .option('--registry-password-secret <secret>', "the Key Vault secret with that user's password")
    .option('--concurrency-key <key>', 'at most one job of a key runs')
    .option('--attempts <count>', 'how often it is tried at most', countingNumber)
    .option('--exit-codes <codes>', 'exit codes worth another attempt, such as 75,137', exitCodes)
    .option('--rerun-after-start', 'try again also what breaks after the program began')
    .option('--no-rerun-after-start', 'not so, whatever the file says')
    .option('--time-limit <time>', 'how long it may run: 90s, 30m, 12h, 2d', seconds);
}

/** An option of one of these values, in any case. */
function anyCaseOption(flags: string, description: string, values: readonly string[]): Option {
  const option = new Option(flags, description).choices(values);
  const exact = option.parseArg;
  return option.argParser<unknown>((value, before) => exact?.(spelledAs(values, value), before));
}

/** Says how to read a document. */
export function withDocumentOptions(command: Command): Command {
  const formats = ['native', 'aci-yaml', 'arm-template', 'kubernetes'];
  return command
    .addOption(new Option('--format <format>', 'default: told from the document').choices(formats))
    .option('--location <region>', 'as az container create takes it; placements decide where a job runs')
    .addOption(
      anyCaseOption('--restart-policy <policy>', 'instead of Always, which never ends a job', [
        'OnFailure',
        'Never',
      ]),
    )
    .option('--parameters <value>', 'of an ARM template: NAME=VALUE, or a parameter file (repeat)', collect);
}

export function withFollowOptions(command: Command): Command {
  return command
    .option('--wait', "wait until the job is over; exit with the program's exit code")
    .option('--follow', 'wait, and show its log and its states');
}
