// Runs a program of the tests as an npm script does: its exit code, or 2 and the reason if it could not do its work.

export function runAsCommand(main: () => Promise<number>): void {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(2);
    },
  );
}
