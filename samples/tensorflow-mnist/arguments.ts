// The command line of the TensorFlow demo, and what this stand-in knows besides.

export interface TrainingArguments {
  readonly maxSteps: number;
  /** The folder with the digits, in the four files of MNIST; undefined: those that the program brings. */
  readonly dataDir: string | undefined;
  readonly learningRate: number;
  /** A checkpoint after so many steps. */
  readonly saveEvery: number;
  /** What the first weights derive from. */
  readonly seed: number;
}

type Options = Map<string, string>;

/** `max_steps`, `data_dir` and `learning_rate` are the demo's own, with its defaults. */
const KNOWN = ['max_steps', 'data_dir', 'learning_rate', 'save_every', 'seed'];

/** `--NAME VALUE` or `--NAME=VALUE`; throws an Error that says what is wrong with any other words. */
export function readArguments(
  words: readonly string[],
  randomSeed = (): number => Math.floor(Math.random() * 2 ** 31),
): TrainingArguments {
  const options = readOptions(words);
  return {
    maxSteps: wholeNumber(options, 'max_steps', 1) ?? 1_000,
    dataDir: options.get('data_dir'),
    learningRate: positiveNumber(options, 'learning_rate') ?? 0.001,
    saveEvery: wholeNumber(options, 'save_every', 1) ?? 100,
    seed: wholeNumber(options, 'seed', 0) ?? randomSeed(),
  };
}

function readOptions(words: readonly string[]): Options {
  const options: Options = new Map();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined || !KNOWN.includes(name)) {
      throw new Error(`unrecognized argument: ${word}; the demo knows --${KNOWN.join(', --')}`);
    }
    options.set(name, inline ?? words[(at += 1)] ?? '');
  }
  return options;
}

function wholeNumber(options: Options, name: string, least: number): number | undefined {
  const value = options.get(name);
  if (value === undefined) return undefined;
  if (/^\d{1,15}$/.test(value) && Number(value) >= least) return Number(value);
  throw new Error(`argument --${name}: a whole number from ${least} on is wanted, not '${value}'`);
}

function positiveNumber(options: Options, name: string): number | undefined {
  const value = options.get(name);
  if (value === undefined) return undefined;
  if (value.trim() !== '' && Number(value) > 0 && Number.isFinite(Number(value))) return Number(value);
  throw new Error(`argument --${name}: a number above 0 is wanted, not '${value}'`);
}
