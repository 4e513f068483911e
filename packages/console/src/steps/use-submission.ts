// What is sent once: a second press of Enter, while the first one is under way, sends nothing.
import { useRef, useState } from 'react'
import type { Problem } from './problem-alert.tsx'

export type Submission = {
  readonly pending: boolean
  readonly problem: Problem | undefined
  readonly submit: () => void
  /** Says what is wrong without asking the server. */
  readonly refuse: (text: string) => void
}

/**
 * @param send does it; what it throws is explained
 * @param explain the words of an error
 */
export function useSubmission(
  send: () => Promise<void>,
  explain: (error: unknown) => string,
): Submission {
  const underWay = useRef(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem>()

  async function run() {
    if (underWay.current) return
    underWay.current = true
    setPending(true)
    setProblem(undefined)
    try {
      await send()
    } catch (error) {
      setProblem({ text: explain(error) })
    } finally {
      underWay.current = false
      setPending(false)
    }
  }

  return {
    pending,
    problem,
    submit: () => void run(),
    refuse: text => setProblem({ text }),
  }
}
