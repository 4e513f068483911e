// RES001 to RES004: resources that an action never happens to.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
import { segmentsOf } from '../validation/resources.ts'
import type { Entry, LintedDocument, LintedStatement } from './document.ts'
import { addStatement, type Member, replaceString, rewriteList } from './edits.ts'
import { isGate } from './gates.ts'
import { resourcesOfMfaAction } from './mfa-actions.ts'
import { eachStatement, type Observation } from './rule.ts'

/** More entries than anybody compares by hand. */
const MOST_COMPARISONS = 100_000

/** RES001: `iam:EnableMFADevice` on a device's ARN, whose resource is the user. */
export const resourceOfAnotherType = eachStatement((linted, document) => {
  const resources = narrowResources(linted, document)
  if (resources === undefined || isExempting(linted)) return []
  const { entries } = linted.action
  if (entries.length * resources.length > MOST_COMPARISONS) return []
  return entries.flatMap(entry => {
    const patterns = resourcesOf(entry.text, document)
    if (patterns === undefined || patterns.length === 0) return []
    if (resources.some(({ text }) => patterns.some(pattern => mayMeet(text, pattern)))) return []
    return [
      {
        code: 'RES001',
        at: entry.json,
        why: `${entry.text} is about ${patterns.slice(0, 3).join(' or ')}, and no entry of Resource can be one: the ${linted.statement.Effect} never applies to it.`,
      } satisfies Observation,
    ]
  })
})

/** RES002: what has no resource is asked for on `*`, and an ARN is not `*`. */
export const actionWithoutResource = eachStatement((linted, document) => {
  if (narrowResources(linted, document) === undefined || isExempting(linted)) return []
  const without = linted.action.entries.filter(
    ({ text }) => resourcesOf(text, document)?.length === 0,
  )
  return without.map((entry): Observation => ({
    code: 'RES002',
    at: entry.json,
    why: `${entry.text} is not about any resource in particular. Only Resource "*" matches it; on an ARN the ${linted.statement.Effect} never applies to it.`,
    fix: () => onEverything(document, linted, without),
  }))
})

/** RES003: `arn:aws:iam:::user/…`, or an account of AWS's that has no users. */
export const noSuchAccount = eachStatement(({ resource, statement }) =>
  statement.resource?.element !== 'Resource'
    ? []
    : (resource?.entries ?? []).flatMap(({ text, json }) => {
        const [, , service, , account, path] = segmentsOf(text)
        if (service !== 'iam' || account === undefined || path === undefined) return []
        if (/[*?$&]/.test(account) || /^\d{12}$/.test(account)) return []
        if (account === 'aws' && /^policy\/|[*?]/.test(path)) return []
        const corrected = text.replace(`:${account}:${path}`, `:*:${path}`)
        return [
          {
            code: 'RES003',
            at: json,
            why: `${account === '' ? 'The account is missing' : `"${account}" is no account`}: in the ARNs of IAM it has twelve digits, and the entry matches nothing.`,
            fix: () => [replaceString(json, corrected)],
          } satisfies Observation,
        ]
      }),
)

/** RES004: a deny-unless-MFA that names resources. */
export const denyWithNarrowResource = eachStatement((linted, document) => {
  if (linted.resource === undefined || !isGate(document, linted)) return []
  if (narrowResources(linted, document) === undefined) return []
  const { json } = linted.resource
  return [
    {
      code: 'RES004',
      at: json,
      why: 'Many actions (listing, creating, signing in elsewhere) have no resource but "*", and are not denied without MFA as long as Resource names ARNs.',
      fix: () => [{ start: json.start, end: json.end, text: '"*"' }],
    },
  ]
})

/** The entries of a Resource without `*`; undefined where it says something else. */
function narrowResources(
  { statement, resource }: LintedStatement,
  { kind }: LintedDocument,
): readonly Entry[] | undefined {
  if (kind === 'trust' || kind === 'resource' || kind === 'rcp') return undefined
  if (statement.resource?.element !== 'Resource' || resource === undefined) return undefined
  return resource.entries.some(({ text }) => text === '*') ? undefined : resource.entries
}

/** What NotAction lists, the statement is not about. */
function isExempting({ statement }: LintedStatement): boolean {
  return statement.action.element === 'NotAction'
}

/** The ARN patterns of an action that is written out; undefined where nobody knows. */
function resourcesOf(action: string, { catalogue }: LintedDocument): readonly string[] | undefined {
  if (/[*?]/.test(action)) return undefined
  const catalogued = catalogue?.findAction(action)
  if (catalogued === undefined) return resourcesOfMfaAction(action)
  return catalogued.resourceTypes.map(({ type }) => type.arnPattern)
}

/** Whether some ARN could be both, as far as the texts before the first wildcard tell. */
function mayMeet(entry: string, pattern: string): boolean {
  const [entrySegments, patternSegments] = [segmentsOf(entry), segmentsOf(pattern)]
  return patternSegments.every((segment, index) => {
    const other = entrySegments[index]
    if (other === undefined) return true
    const [a, b] = [literalStart(segment), literalStart(other)]
    if (a === segment && b === other) return a === b
    if (a === segment) return a.startsWith(b)
    return b === other ? b.startsWith(a) : a.startsWith(b) || b.startsWith(a)
  })
}

function literalStart(pattern: string): string {
  const wild = pattern.search(/[*?]|\$\{/)
  return wild === -1 ? pattern : pattern.slice(0, wild)
}

/** The actions in a statement of their own, on `*`, under the same conditions. */
function onEverything(
  { text, json }: LintedDocument,
  linted: LintedStatement,
  actions: readonly Entry[],
) {
  const { action, resource, statement } = linted
  const condition = linted.json.members.get('Condition')
  const names = actions.map(entry => JSON.stringify(entry.text))
  const rest = rewriteList(
    text,
    action.json,
    actions.map(entry => entry.json),
    [],
  )
  // Nothing else would be left of the statement.
  if (rest === undefined) {
    return resource ? [{ start: resource.json.start, end: resource.json.end, text: '"*"' }] : []
  }
  const members: readonly Member[] = [
    ['Effect', JSON.stringify(statement.Effect)],
    ['Action', names.length === 1 ? names.join('') : `[${names.join(', ')}]`],
    ['Resource', '"*"'],
    ...(condition ? [['Condition', text.slice(condition.start, condition.end)] as const] : []),
  ]
  return [...rest, ...addStatement(text, json, linted, members)]
}
