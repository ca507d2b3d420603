// Words that YAML 1.1 reads differently from YAML 1.2. az (PyYAML) and kubectl (go-yaml) read the old way.

/** What a tool's reader takes a text without quotes for, in words; undefined where both YAMLs agree. */
export function oldMeaning(source: string, reader: OldReader): string | undefined {
  if (/^(?:yes|Yes|YES|on|On|ON)$/.test(source)) return 'true';
  if (/^(?:no|No|NO|off|Off|OFF)$/.test(source)) return 'false';
  if (/^[-+]?0[0-7_]+$/.test(source))
    return `the octal number ${Number.parseInt(source.replaceAll('_', ''), 8)}`;
  if (/^[-+]?(?:0b[01_]+|[1-9]\d*_[\d_]*)$/.test(source)) return 'a number';
  if (reader === 'az' && /^[-+]?[1-9]\d*(?::[0-5]?\d)+$/.test(source)) return 'a number of base 60';
  return undefined;
}

/** The tools whose documents are taken here. */
export type OldReader = 'az' | 'kubectl';
