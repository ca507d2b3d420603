#!/usr/bin/env node
// gpujobs: the command line.
import '../domain/parse/no-generated-code';

import { EXIT } from './exit-codes';
import { createProcessHost } from './host';
import { runCli } from './run-cli';

// The reader may stop reading: `gpujobs list | head`.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.brokenPipe);
    throw error;
  });

void runCli(process.argv.slice(2), createProcessHost()).then((exitCode) => {
  if (exitCode !== EXIT.ok) process.exitCode = exitCode; // A command that sets it by itself (sweep) keeps it.
});
