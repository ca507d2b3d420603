// Lists of outputs in memory, for tests. Each call is one step.
import type { OutputList } from '../../../domain/outputs/output-list';
import type { OutputLists } from '../../../domain/ports/output-lists';
import { step } from './step';

export class MemoryOutputLists implements OutputLists {
  readonly #kept = new Map<string, OutputList>();

  keep(jobId: string, attempt: number, list: OutputList): Promise<OutputList> {
    return step(() => {
      const kept = this.#kept.get(`${jobId}/${attempt}`) ?? structuredClone(list);
      this.#kept.set(`${jobId}/${attempt}`, kept);
      return structuredClone(kept);
    });
  }

  get(jobId: string, attempt: number): Promise<OutputList | undefined> {
    return step(() => structuredClone(this.#kept.get(`${jobId}/${attempt}`)));
  }
}
