// The process of test/support/plain-node.ts. It calls the given function and prints the answer as JSON.
import { resolve } from 'node:path';

async function main(): Promise<void> {
  const [file = '', name = '', argument = 'null'] = process.argv.slice(2);
  const exported: unknown = await import(resolve(file));
  const called: unknown = Reflect.get(Object(exported) as object, name);
  if (typeof called !== 'function') throw new Error(`${file} exports no function called "${name}".`);
  const answer: unknown = await Reflect.apply(called, undefined, [JSON.parse(argument)]);
  process.stdout.write(JSON.stringify(answer), () => process.exit(0)); // Virtual time may tick on for ever.
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
