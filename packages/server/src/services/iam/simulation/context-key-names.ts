// The condition keys and policy variables that a document names, spelled as there. AWS reads documents here far more
// tolerantly than where it stores them: elements may be missing, empty or of no use, but not misspelled.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
import { findOperator, PolicyError } from '@twinlock/policy'

/**
 * Each name once: names that differ by case alone are two. Variables of Action and Principal are no variables, and a document of
 * 2008 has none.
 * @throws PolicyError for what is no document at all: broken JSON, unknown elements or operators, no Effect
 */
export function contextKeyNames(document: string): string[] {
  const { Version, Statement = [] } = elementsOf(parse(document), DOCUMENT_ELEMENTS)
  if (Version !== undefined && !VERSIONS.has(Version)) throw malformed()
  const variablesIn = Version === '2012-10-17' ? namesOfVariables : () => []
  const names = new Set<string>()
  for (const statement of listOf(Statement)) {
    for (const name of namesIn(statement, variablesIn)) names.add(name)
  }
  return [...names]
}

/** `${*}`, `${?}` and `${$}` stand for themselves; AWS lists them among the keys all the same. */
export const isLiteral = (name: string) => name === '*' || name === '?' || name === '$'

type Elements = Readonly<Record<string, unknown>>
type VariablesIn = (text: unknown) => readonly string[]

const VERSIONS: ReadonlySet<unknown> = new Set(['2008-10-17', '2012-10-17'])
const EFFECTS: ReadonlySet<unknown> = new Set(['Allow', 'Deny'])
const DOCUMENT_ELEMENTS = new Set(['Version', 'Id', 'Statement'])
const STATEMENT_ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])

function namesIn(json: unknown, variablesIn: VariablesIn): string[] {
  const statement = elementsOf(json, STATEMENT_ELEMENTS)
  if (!EFFECTS.has(statement['Effect'])) throw malformed()
  const resources = [...listOf(statement['Resource']), ...listOf(statement['NotResource'])]
  return [
    ...resources.flatMap(variablesIn),
    ...namesInCondition(statement['Condition'], variablesIn),
  ]
}

/** An operator that nobody knows is refused only where it stands over a key. */
function namesInCondition(json: unknown = {}, variablesIn: VariablesIn): string[] {
  const names: string[] = []
  for (const [operator, keys] of Object.entries(elementsOf(json))) {
    for (const [key, values] of Object.entries(elementsOf(keys))) {
      if (findOperator(operator) === undefined) throw malformed()
      names.push(key, ...listOf(values).flatMap(variablesIn))
    }
  }
  return names
}

/** The key of `${key}` and of `${key, 'default'}`. */
function namesOfVariables(text: unknown): string[] {
  if (typeof text !== 'string') return []
  return Array.from(text.matchAll(/\$\{([^{}]*)\}/g), ([, inside = '']) => {
    const comma = inside.indexOf(',')
    return (comma === -1 ? inside : inside.slice(0, comma)).trim()
  })
}

function parse(document: string): unknown {
  try {
    return JSON.parse(document)
  } catch {
    throw malformed()
  }
}

function elementsOf(json: unknown, known?: ReadonlySet<string>): Elements {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw malformed()
  if (known !== undefined && Object.keys(json).some(name => !known.has(name))) throw malformed()
  return json as Elements
}

const listOf = (json: unknown): readonly unknown[] =>
  json === undefined ? [] : Array.isArray(json) ? json : [json]

const malformed = () => new PolicyError('Syntax errors in policy.')
