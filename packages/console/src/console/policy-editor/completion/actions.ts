// Actions, service by service.
import type { Catalogue } from '@twinlock/catalogue/browser'
import type { PolicyKind } from '@twinlock/policy'
import type { Completion } from './completion.ts'
import { completionsOf } from './completion.ts'
import { OWN_ACTIONS } from './own-actions.ts'

/** What a trust policy can be about. */
const TRUST_ACTIONS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'sts:SetSourceIdentity',
  'sts:SetContext',
]

/** Services until one is chosen, then its actions. */
export function actionCompletions(
  typed: string,
  kind: PolicyKind,
  catalogue: Catalogue | undefined,
): readonly Completion[] {
  if (kind === 'trust') return completionsOf('action', TRUST_ACTIONS)
  const [service = '', name] = typed.split(':', 2)
  if (name === undefined) return [{ text: '*', note: 'all actions' }, ...serviceNames(catalogue)]
  return [
    { text: `${service}:*`, note: 'all actions', rank: 1 },
    ...namesOf(service, catalogue).map(text => ({
      text,
      note: catalogue?.findAction(text)?.accessLevel ?? 'Twinlock',
    })),
  ]
}

const serviceNames = (catalogue: Catalogue | undefined): readonly Completion[] =>
  [...(catalogue?.services ?? []), 'twinlock'].map(name => ({
    text: `${name}:`,
    note: 'service',
    goesOn: true,
  }))

const namesOf = (service: string, catalogue: Catalogue | undefined): readonly string[] =>
  service.toLowerCase() === 'twinlock'
    ? OWN_ACTIONS
    : (catalogue?.actionsOf(service) ?? []).map(name => `${service}:${name}`)
