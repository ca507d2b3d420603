// Specs that the emulator runs as processes of this machine.
import { HOST_PROCESS_IMAGE } from '../../../standins/containers/known-images';

/** Runs a JavaScript program under Node. */
export function nodeProgram(source: string): { image: string; command: string[] } {
  return { image: HOST_PROCESS_IMAGE, command: ['node', '--eval', source] };
}

/** Prints `lines` numbered lines, one each `everyMs`, the last without an end of line. */
export function counting(lines: number, everyMs: number): { image: string; command: string[] } {
  return nodeProgram(
    `let n = 0; const timer = setInterval(() => { process.stdout.write((n === 0 ? "" : "\\n") + "line " + ++n + " of ${lines} äöü"); if (n === ${lines}) clearInterval(timer); }, ${everyMs})`,
  );
}
