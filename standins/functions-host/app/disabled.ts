// Functions switched off by a setting.
const NAMES = [
  (name: string) => `AzureWebJobs.${name}.Disabled`,
  (name: string) => `AzureWebJobs_${name}_Disabled`,
];

/** Whether `AzureWebJobs.<name>.Disabled` (or, with underscores) is `true` or `1`. */
export function isDisabled(
  functionName: string,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return NAMES.some((setting) => /^(true|1)$/i.test(environment[setting(functionName)] ?? ''));
}
