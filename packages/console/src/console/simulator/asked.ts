// The question as it stands in the page's address, so that it can be sent to somebody.
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type Asked = {
  /** An ARN; empty while nobody is chosen. */
  readonly principal: string
  /** As they were entered, wildcards included. */
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly staleSeconds: number
  readonly context: readonly (readonly [key: string, value: string])[]
}

/** AWS's default for a session of GetSessionToken. */
const STALE_SECONDS = 43_200

const EXAMPLE_ACTIONS = 'iam:CreateUser s3:GetObject sts:AssumeRole'

/** All of it is of the address; what is usual is left out. */
export function useAsked(): readonly [Asked, (changed: Partial<Asked>) => void] {
  const [search, setSearch] = useSearchParams()
  // The address has more than the question: how the list of answers is looked at.
  const question = writeAsked(readAsked(search)).toString()
  const asked = useMemo(() => readAsked(new URLSearchParams(question)), [question])
  const change = (changed: Partial<Asked>) =>
    setSearch(writeAsked({ ...asked, ...changed }), { replace: true })
  return [asked, change]
}

export function readAsked(query: URLSearchParams): Asked {
  const stale = Number(query.get('stale') ?? STALE_SECONDS)
  const resources = query.getAll('resource').filter(Boolean)
  return {
    principal: query.get('principal') ?? '',
    actions: wordsIn(query.get('actions') ?? EXAMPLE_ACTIONS),
    resources: resources.length === 0 ? ['*'] : [...new Set(resources)],
    staleSeconds: Number.isSafeInteger(stale) && stale >= 0 ? stale : STALE_SECONDS,
    context: query.getAll('context').map(pair => {
      const [key = '', ...value] = pair.split('=')
      return [key, value.join('=')]
    }),
  }
}

export function writeAsked({ principal, actions, resources, staleSeconds, context }: Asked) {
  const query = new URLSearchParams({ principal, actions: actions.join(' ') })
  for (const resource of resources) query.append('resource', resource)
  if (staleSeconds !== STALE_SECONDS) query.set('stale', String(staleSeconds))
  for (const [key, value] of context) query.append('context', `${key}=${value}`)
  return query
}

/** Each once. */
export const wordsIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,]+/).filter(Boolean)),
]
