// How much work something was, whatever else the machine does meanwhile.

/** Milliseconds that this process has worked so far, in all its threads. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
