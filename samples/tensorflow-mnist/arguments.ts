// The command line of the TensorFlow demo.

/** As the demo's own default. */
const DEFAULT_MAX_STEPS = 1_000;

/** `--max_steps N` or `--max_steps=N`; throws an Error that says what is wrong with any other words. */
export function readMaxSteps(words: readonly string[]): number {
  let steps = DEFAULT_MAX_STEPS;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [option, inline] = word.split('=');
    if (option !== '--max_steps')
      throw new Error(`unrecognized argument: ${word}; the demo knows --max_steps N`);
    const value = inline ?? words[(at += 1)] ?? '';
    if (!/^\d+$/.test(value) || Number(value) === 0) {
      throw new Error(`argument --max_steps: a whole number from 1 on is wanted, not '${value}'`);
    }
    steps = Number(value);
  }
  return steps;
}
