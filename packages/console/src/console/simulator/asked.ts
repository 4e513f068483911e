// The question as it stands in the page's address, so that it can be sent to somebody.
import { useState } from 'react'
import { useSearchParams } from 'react-router'

export type Asked = {
  /** An ARN; empty while nobody is chosen. */
  readonly principal: string
  /** As it was typed. */
  readonly actions: string
  readonly resource: string
  readonly staleSeconds: number
  readonly context: readonly (readonly [key: string, value: string])[]
}

/** AWS's default for a session of GetSessionToken. */
const STALE_SECONDS = 43_200

const EXAMPLE_ACTIONS = 'iam:CreateUser\ns3:GetObject\nsts:AssumeRole'

/** Principal, actions and resource are of the address; the rest is of this visit. */
export function useAsked(): readonly [Asked, (changed: Partial<Asked>) => void] {
  const [search, setSearch] = useSearchParams()
  const [rest, setRest] = useState<Pick<Asked, 'staleSeconds' | 'context'>>({
    staleSeconds: STALE_SECONDS,
    context: [],
  })
  const asked: Asked = {
    principal: search.get('principal') ?? '',
    actions: search.get('actions') ?? EXAMPLE_ACTIONS,
    resource: search.get('resource') ?? '*',
    ...rest,
  }
  const change = (changed: Partial<Asked>) => {
    const { principal, actions, resource, staleSeconds, context } = { ...asked, ...changed }
    setRest({ staleSeconds, context })
    setSearch({ principal, actions, resource }, { replace: true })
  }
  return [asked, change]
}

/** The actions, each once, and what is none. */
export function readActions(text: string): {
  readonly actions: readonly string[]
  readonly malformed: readonly string[]
} {
  const words = [...new Set(text.split(/[\s,]+/).filter(Boolean))]
  const isAction = (word: string) => /^[\w-]+:\w+$/.test(word)
  return { actions: words.filter(isAction), malformed: words.filter(word => !isAction(word)) }
}
