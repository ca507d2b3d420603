// Names that Azure compares without regard to case: SKUs of GPUs, quotas, values of enums.

/** Whether both are one name. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What a record holds under a name in any case. The exact name goes before one that differs in case. */
export function underName<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(record, name)) return record[name];
  return Object.entries(record).find(([other]) => isSameName(other, name))?.[1];
}

/** The one of `names` that equals the value in any case; the value itself where none does. */
export function spelledAs(names: readonly string[], value: string): string {
  return names.find((name) => isSameName(name, value)) ?? value;
}
