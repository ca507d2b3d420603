// What a parser has to say about one document: problems and notes, each with its place.
import type { DocumentProblem, Note, Where } from './document';
import { clipped } from './source/limits';

/** Collects problems and notes by JSON pointer; `locate` adds line and column where the source has them. */
export class Report {
  readonly #locate: (pointer: string) => Where;
  #problems: DocumentProblem[] = [];
  #notes: Note[] = [];

  constructor(locate: (pointer: string) => Where) {
    this.#locate = locate;
  }

  /**
   * A report that says the same things to the same end, of a value whose parts stand elsewhere in the document:
   * `placeOf` tells where.
   */
  through(placeOf: (pointer: string) => string): Report {
    const report = new Report((pointer) => this.#locate(placeOf(pointer)));
    report.#problems = this.#problems;
    report.#notes = this.#notes;
    return report;
  }

  /** The document can't be taken. */
  problem(pointer: string, message: string): void {
    this.#problems.push({ where: this.#locate(pointer), message: clipped(message) });
  }

  note(kind: Note['kind'], pointer: string, message: string): void {
    this.#notes.push({ kind, where: this.#locate(pointer), message: clipped(message) });
  }

  get problems(): readonly DocumentProblem[] {
    return this.#problems;
  }

  get notes(): readonly Note[] {
    return this.#notes;
  }
}
