// What can be written where the cursor is: elements, values, actions, resources, conditions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
import type { Catalogue } from '@twinlock/catalogue/browser'
import type { PolicyKind } from '@twinlock/policy'
import { actionCompletions } from './actions.ts'
import type { Completion } from './completion.ts'
import { completionsOf } from './completion.ts'
import { keyCompletions, operatorCompletions, valueCompletions } from './conditions.ts'
import type { Place } from './place.ts'
import { resourceCompletions } from './resources.ts'
import { namesAt, splitPath, statementAt } from './written-statement.ts'

/** What is known beside the document. */
export type Surroundings = {
  readonly kind: PolicyKind
  /** Undefined until it has come: elements and conditions are known without. */
  readonly catalogue: Catalogue | undefined
  readonly account: string | undefined
}

export function completionsAt(
  document: string,
  place: Place,
  surroundings: Surroundings,
): readonly Completion[] {
  if (!place.isName) return valuesAt(document, place, surroundings)
  const written = new Set(namesAt(document, place.path))
  written.delete(place.typed)
  return namesIn(document, place, surroundings).filter(({ text }) => !written.has(text))
}

function namesIn(document: string, { path }: Place, { kind, catalogue }: Surroundings) {
  const { of, within } = splitPath(path)
  const [element, operator] = within
  if (path.length === 0) return completionsOf('element', ['Version', 'Id', 'Statement'])
  if (of.length === 0) return []
  if (element === undefined) return ELEMENTS[hasPrincipals(kind) ? 'trust' : 'identity']
  if (isPrincipal(element)) return PRINCIPAL_TYPES
  if (element !== 'Condition') return []
  return operator === undefined
    ? operatorCompletions()
    : keyCompletions(String(operator), statementAt(document, of), catalogue)
}

/** Whether such policies say whom they are about. */
const hasPrincipals = (kind: PolicyKind) => kind === 'trust' || kind === 'resource'

const isPrincipal = (element: string | number) =>
  element === 'Principal' || element === 'NotPrincipal'

const ELEMENTS = {
  trust: completionsOf('element', ['Sid', 'Effect', 'Principal', 'Action', 'Condition']),
  identity: completionsOf('element', [
    'Sid',
    'Effect',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ]),
}

const PRINCIPAL_TYPES = completionsOf('principal', ['AWS', 'Service', 'Federated'])
const VERSIONS = completionsOf('version', ['2012-10-17'])
const EFFECTS = completionsOf('effect', ['Allow', 'Deny'])

function valuesAt(
  document: string,
  { path, typed }: Place,
  { kind, catalogue, account }: Surroundings,
): readonly Completion[] {
  const { of, within } = splitPath(path)
  const [element, first, second] = within
  switch (String(element)) {
    case 'Version':
      return of.length === 0 ? VERSIONS : []
    case 'Effect':
      return EFFECTS
    case 'Action':
    case 'NotAction':
      return actionCompletions(typed, kind, catalogue)
    case 'Resource':
    case 'NotResource':
      return resourceCompletions(statementAt(document, of), catalogue, account)
    case 'Principal':
    case 'NotPrincipal':
      return first === 'AWS' ? accountPrincipals(account) : []
    case 'Condition':
      return valueCompletions(String(first), String(second ?? ''))
    default:
      return []
  }
}

function accountPrincipals(account: string | undefined): readonly Completion[] {
  if (account === undefined) return []
  const own = `arn:aws:iam::${account}`
  return [
    { text: `${own}:root`, note: 'this account', rank: 2 },
    { text: `${own}:user/UserName`, note: 'user', blanks: ['UserName'], rank: 1 },
    { text: `${own}:role/RoleName`, note: 'role', blanks: ['RoleName'] },
  ]
}
