// Whose work is done next, where all must share a few places: threads that hash, connections that write. Whoever asks for much must not have
// them all while others wait: each holder has one piece of work under way at most, and holders take turns.

/** What `work` returns, when it is the holder's turn. */
export type InTurn = <Result>(holder: string, work: () => Promise<Result>) => Promise<Result>

/** @param atOnce pieces of work under way */
export function fairTurns(atOnce: number): InTurn {
  /** What starts those that wait. Whoever has a line here has one under way, or stands in `turns`. */
  const lines = new Map<string, (() => void)[]>()
  const turns: string[] = []
  let underWay = 0

  function queueUp(holder: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const line = lines.get(holder)
    if (line === undefined) {
      lines.set(holder, [resolve])
      turns.push(holder)
    } else line.push(resolve)
    startNext()
    return promise
  }

  function startNext() {
    if (underWay >= atOnce) return
    const start = lines.get(turns.shift() ?? '')?.shift()
    if (start === undefined) return
    underWay++
    start()
  }

  function leave(holder: string) {
    underWay--
    if (lines.get(holder)?.length === 0) lines.delete(holder)
    else turns.push(holder)
    startNext()
  }

  return async (holder, work) => {
    await queueUp(holder)
    try {
      return await work()
    } finally {
      leave(holder)
    }
  }
}
