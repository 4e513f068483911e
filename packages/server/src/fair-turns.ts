// Whose work is done next, where all must share a few places: threads that hash, connections that write. Whoever asks for much must not have
// them all while others wait: each holder has one piece of work under way at most, and holders take turns.

/** What `work` returns, when it is the holder's turn. */
export type InTurn = <Result>(holder: string, work: () => Promise<Result>) => Promise<Result>

/**
 * @param atOnce pieces of work under way
 * @param mostInLine of one holder, the one under way left out; `refuse` says what the next one throws
 */
export function fairTurns(
  atOnce: number,
  mostInLine = Infinity,
  refuse: () => Error = () => new RangeError('too many in line'),
): InTurn {
  /** What starts those that wait. Whoever has a line here has one under way, or stands in `turns`. */
  const lines = new Map<string, (() => void)[]>()
  const turns: string[] = []
  let underWay = 0

  /** @throws what `refuse` makes, when the holder's line is full */
  function queueUp(holder: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const line = lines.get(holder)
    if (line === undefined) {
      lines.set(holder, [resolve])
      turns.push(holder)
    } else if (line.length < mostInLine) line.push(resolve)
    else throw refuse()
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
