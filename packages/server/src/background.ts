// Work that waits a little so that it can be done together: run every so often while the server lives, and once more at its end.

export type Background = { readonly [Symbol.asyncDispose]: () => Promise<void> }

/** Runs `work` every `everyMs`, one run after another. What it throws goes to `report`, and the next run tries again. */
export function inBackground(
  everyMs: number,
  work: () => Promise<void>,
  report: (error: unknown) => void,
): Background {
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let ended = false

  const next = () => {
    if (ended) return
    timer = setTimeout(() => {
      running = work().catch(report).finally(next)
    }, everyMs)
    timer.unref()
  }
  next()

  return {
    async [Symbol.asyncDispose]() {
      ended = true
      clearTimeout(timer)
      await running
      await work().catch(report)
    },
  }
}
