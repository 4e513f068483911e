// A policy's text, wherever it was read: what it is for, and how decisions name it.
import {
  type CompiledPolicy,
  type MatchedStatement,
  type Policy,
  PolicyError,
  type PolicyKind,
  type PolicySource,
  type Position,
  compilePolicy,
  parsePolicy,
} from '@twinlock/policy'
import { Refusal } from '../command-errors.ts'
import { printable } from '../terminal/printable.ts'

export type PolicyDocument = {
  /** Its name is a place: the path of a file, or `group/developers/Work` in an account. */
  readonly source: PolicySource
  readonly kind: PolicyKind
  /** Undefined for a policy that is attached but that nobody has told the text of. */
  readonly text: string | undefined
  /** AWS has it already, and may have taken it before it asked of new ones what it asks today. */
  readonly isStored?: boolean
}

const parsedPolicies = new WeakMap<PolicyDocument, Policy>()
const compiledPolicies = new WeakMap<PolicyDocument, CompiledPolicy>()

/**
 * The document as a policy, parsed once.
 * @throws Refusal with AWS's reason and its place, when AWS would refuse the document
 */
export function parsed(document: PolicyDocument): Policy {
  return remembered(parsedPolicies, document, () => parse(document))
}

/**
 * The document ready for decisions, compiled once.
 * @throws Refusal as `parsed` does
 */
export function compiled(document: PolicyDocument): CompiledPolicy {
  return remembered(compiledPolicies, document, () =>
    compilePolicy(parsed(document), document.source),
  )
}

function remembered<Value>(
  known: WeakMap<PolicyDocument, Value>,
  document: PolicyDocument,
  make: () => Value,
): Value {
  const found = known.get(document) ?? make()
  known.set(document, found)
  return found
}

/** A policy that can't be read may hold a Deny: nothing is answered without it. */
function parse({ source, kind, text, isStored = false }: PolicyDocument): Policy {
  if (text === undefined) {
    throw new Refusal(
      `${source.name} takes part in the answer, but its document is not among the account's details.`,
    )
  }
  try {
    return parsePolicy(text, kind, { stored: isStored })
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const sentence = `${placeOf(source.name, error.position)}: ${error.message}`
    throw new Refusal(printable(sentence), { cause: error })
  }
}

/** As compilers name a place, so that editors find it: `policy.json:4:7`. */
export function placeOf(name: string, position: Position | undefined) {
  return position === undefined ? name : `${name}:${position.line}:${position.column}`
}

/**
 * The place of a statement's brace. Its `start` is where AWS's simulator has it: just after the
 * token before, which may be lines above.
 */
export function placeOfStatement({ source, start }: MatchedStatement, text: string | undefined) {
  return placeOf(source.name, text === undefined ? start : braceAfter(text, start))
}

function braceAfter(text: string, { line, column }: Position): Position {
  const lines = text.split('\n')
  const here = (lines[line - 1] ?? '').indexOf('{', column - 1)
  if (here !== -1) return { line, column: here + 1 }
  const below = lines.findIndex((one, index) => index >= line && one.includes('{'))
  if (below === -1) return { line, column }
  return { line: below + 1, column: (lines[below] ?? '').indexOf('{') + 1 }
}
