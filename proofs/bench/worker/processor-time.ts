// The processor time of this process.

/** Milliseconds since the process began, of all its threads, in user and system mode together. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
