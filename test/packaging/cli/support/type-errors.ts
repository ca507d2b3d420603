// What the TypeScript compiler says of a program, with everything checked.
import { join } from 'node:path';

import ts from 'typescript';

/** The program stands as a file in `folder`, which need not be written. */
export function typeErrors(folder: string, text: string): string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const path = join(folder, 'program.mts');
  const host = ts.createCompilerHost(options);
  const disk = { ...host };
  host.getSourceFile = (file, ...rest) =>
    file === path
      ? ts.createSourceFile(file, text, {
          languageVersion: ts.ScriptTarget.ES2023,
          impliedNodeFormat: ts.ModuleKind.ESNext,
        })
      : disk.getSourceFile(file, ...rest);
  host.fileExists = (file) => file === path || disk.fileExists(file);
  host.readFile = (file) => (file === path ? text : disk.readFile(file));
  return ts
    .getPreEmitDiagnostics(ts.createProgram([path], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
