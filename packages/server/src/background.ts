// Work that waits a little so that it can be done together: run every so often while the server lives, and once more at its end.

import type { LastingFailure } from './lasting-failure.ts'

export type Background = { readonly [Symbol.asyncDispose]: () => Promise<void> }

/** Runs `work` every `everyMs`, one run after another. Where it throws, the next run tries again. */
export function inBackground(
  everyMs: number,
  work: () => Promise<void>,
  { failed, worked, gaveUp }: LastingFailure,
): Background {
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let ended = false

  const next = () => {
    if (ended) return
    timer = setTimeout(() => {
      running = work().then(worked, failed).finally(next)
    }, everyMs)
    timer.unref()
  }
  next()

  return {
    async [Symbol.asyncDispose]() {
      ended = true
      clearTimeout(timer)
      await running
      await work().catch(gaveUp)
    },
  }
}
