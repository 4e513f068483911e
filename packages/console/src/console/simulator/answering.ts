// Answers to many requests, so that the page goes on living while they are worked out.
import { useEffect, useState } from 'react'
import type { Principal } from './account.ts'
import type { Request } from './requests.ts'
import type { Answer, Question, Simulation } from './simulation.ts'
import { simulation, SimulationRefused } from './simulation.ts'

export type Asking = {
  readonly question: Question
  readonly principals: readonly Principal[]
  readonly requests: readonly Request[]
}

export type Answering =
  | { readonly state: 'working'; readonly done: number }
  | { readonly state: 'refused'; readonly why: string }
  | {
      readonly state: 'answered'
      readonly answers: readonly Answer[]
      readonly explain: Simulation['explain']
    }

/** So many take a few hundredths of a second where policies are long. */
const AT_ONCE = 100

/** @param asking the same value for the same question; undefined while there is none */
export function useAnswering(asking: Asking | undefined): Answering | undefined {
  const [told, setTold] = useState<{ readonly asking: Asking; readonly answering: Answering }>()
  useEffect(() => {
    if (asking === undefined) return undefined
    const stop = new AbortController()
    work(asking, stop.signal, answering => setTold({ asking, answering })).catch(error =>
      // In the page's turn, where its error boundary is.
      setTold(() => {
        throw error
      }),
    )
    return () => stop.abort()
  }, [asking])
  if (asking === undefined) return undefined
  return told?.asking === asking ? told.answering : { state: 'working', done: 0 }
}

async function work(
  { question, principals, requests }: Asking,
  signal: AbortSignal,
  tell: (answering: Answering) => void,
): Promise<void> {
  try {
    const { answer, explain } = simulation(question, principals)
    const answers: Answer[] = []
    while (answers.length < requests.length) {
      const next = requests.slice(answers.length, answers.length + AT_ONCE)
      answers.push(...next.map(({ action, resource }) => answer(action, resource)))
      if (answers.length === requests.length) break
      tell({ state: 'working', done: answers.length })
      await nextTurn()
      if (signal.aborted) return
    }
    tell({ state: 'answered', answers, explain })
  } catch (error) {
    if (!(error instanceof SimulationRefused)) throw error
    tell({ state: 'refused', why: error.message })
  }
}

/** After what else the page has to do. */
const nextTurn = async () => new Promise(resolve => setTimeout(resolve))
