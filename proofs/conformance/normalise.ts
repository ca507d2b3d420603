// Removes from a recording what differs from run to run, in the way in which the recordings were normalised (README of
// the corpus).
import { EVENT_TYPE } from '../../standins/durable/history/event-type';
import { type Instant, parseInstant, TICKS_PER_MS } from '../../standins/durable/instant';

export interface Environment {
  readonly origin: string;
  readonly hub: string;
  readonly key: string;
}

/** The name of the host's assembly in serialised exceptions. */
const ASSEMBLY = /Microsoft\.Azure\.WebJobs\.Script\.Grpc/g;
const INSTANT = /\b(\d{4})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?/g;
const EXECUTION_ID = /\b[0-9a-f]{32}\b/g;
const GUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** Lines of a stack trace. In a text that is JSON the line breaks may be escaped, once or several times. */
const FRAMES = /( {3,})at [^\n"\\]+(?:(?:\n|\\+n) {3,}at [^\n"\\]+)*/g;
const LONG_RUN = /(.)\1{199,}/gsu;
const OFFSET_STEP = 100n * TICKS_PER_MS;

/**
 * Returns a function that normalises one recording. Labels are numbered in the order in which the recording is walked.
 */
export function createNormaliser(environment: Environment): (value: unknown) => unknown {
  const executions = new Map<string, string>();
  const guids = new Map<string, string>();
  const instants = new Map<Instant, string>();
  /** The instants of the OrchestratorStarted events, in the order in which they came up. */
  const bases: { readonly instant: Instant; readonly label: string }[] = [];

  const label = (known: Map<string, string>, kind: string, text: string): string => {
    const found = known.get(text) ?? `<${kind}${known.size + 1}>`;
    known.set(text, found);
    return found;
  };

  const instantLabel = (text: string, year: string, fraction = '', suffix = 'Z'): string => {
    if (year === '2001') return text;
    const shownSuffix = suffix === 'Z' ? '' : suffix;
    if (fraction === '') return `<second>${shownSuffix}`;
    const instant = parseInstant(text);
    const found = instants.get(instant) ?? offsetLabel(instant) ?? `<t${instants.size + 1}>`;
    instants.set(instant, found);
    return `${found}${shownSuffix}`;
  };

  const offsetLabel = (instant: Instant): string | undefined => {
    const isJavaScript = instant % TICKS_PER_MS === 0n;
    for (const base of bases.toReversed()) {
      const from = isJavaScript ? base.instant - (base.instant % TICKS_PER_MS) : base.instant;
      const offset = instant - from;
      if (offset % OFFSET_STEP !== 0n) continue;
      const name = base.label.slice(1, -1);
      if (offset === 0n) return `<${name}, ms>`;
      const ms = offset / TICKS_PER_MS;
      return `<${name} ${ms < 0n ? '-' : '+'} ${ms < 0n ? -ms : ms} ms>`;
    }
    return undefined;
  };

  const text = (value: string): string =>
    value
      .replaceAll(environment.origin, '<origin>')
      .replaceAll(`taskHub=${environment.hub}`, 'taskHub=<hub>')
      .replaceAll(`code=${environment.key}`, 'code=<key>')
      .replace(/(known (?:orchestrator|activity) functions: )'[^\n]*'(?=\.)/g, '$1<names>')
      .replace(FRAMES, '$1<frames>')
      .replace(ASSEMBLY, '<assembly>')
      .replace(EXECUTION_ID, (id) => label(executions, 'exec', id))
      .replace(GUID, (guid) => label(guids, 'guid', guid))
      .replace(INSTANT, instantLabel)
      .replace(LONG_RUN, (run, character: string) => `<${character} x ${run.length / character.length}>`);

  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const normal = Object.fromEntries(
      Object.entries(value).map(([name, member]) => [text(name), walk(member)]),
    );
    noteBase(value, normal);
    return normal;
  };

  const noteBase = (value: object, normal: Record<string, unknown>): void => {
    const event = new Map<string, unknown>(Object.entries(value));
    const type = event.get('EventType');
    const Timestamp = event.get('Timestamp');
    const isStart = type === EVENT_TYPE.OrchestratorStarted || type === 'OrchestratorStarted';
    const shown = normal['Timestamp'];
    if (!isStart || typeof Timestamp !== 'string' || typeof shown !== 'string') return;
    const instant = parseInstant(Timestamp);
    if (!bases.some((base) => base.instant === instant)) bases.push({ instant, label: shown });
  };

  return walk;
}
