// The policies of a simulation, compiled, under the names by which its results call them.
import type {
  CompiledPolicy,
  Condition,
  ConditionKeys,
  Policy,
  PolicyKind,
  PolicySet,
  PolicySource,
} from '@twinlock/policy'
import { compilePolicy, parseDecimal, parsePolicy, policySet } from '@twinlock/policy'
import { contextKeyNames, isLiteral } from './context-key-names.ts'
import { invalidInput, readDocument } from './invalid-input.ts'
import { isFullArn, notAnArn } from './simulated-actions.ts'
import { giveWay, MOST_CHARACTERS } from './workload.ts'

/** A document and its SourcePolicyId. */
export type NamedDocument = {
  readonly id: string
  readonly document: string
  /** How a refusal names it. */
  readonly which: string
}

/** What bears on the simulated requests. An absent layer does not bind. */
export type SimulatedDocuments = {
  readonly identity: readonly NamedDocument[]
  readonly boundary?: NamedDocument | undefined
  readonly resource?: NamedDocument | undefined
  /** Levels of an organization, root first. */
  readonly scps?: readonly (readonly NamedDocument[])[] | undefined
}

export type SimulatedPolicies = {
  readonly identity: PolicySet
  readonly boundary?: PolicySet
  readonly resource?: PolicySet
  readonly scps?: readonly PolicySet[]
  /** What the policies ask of a request, those of the organization excepted. */
  readonly keyNames: readonly string[]
  /** Of all documents together. */
  readonly characters: number
}

/**
 * The resource's own policy must name its resources by ARN.
 * @throws AwsError InvalidInput
 */
export async function compileDocuments(
  { identity, boundary, resource, scps }: SimulatedDocuments,
  keys: ConditionKeys,
): Promise<SimulatedPolicies> {
  const asked = [...identity, ...optional(boundary), ...optional(resource)]
  const characters = charactersOf([...asked, ...(scps ?? []).flat()])
  const compile = async (documents: readonly NamedDocument[], ...as: Compiled) => {
    const policies: CompiledPolicy[] = []
    for (const document of documents) {
      policies.push(compileDocument(document, keys, ...as))
      await giveWay()
    }
    return policySet(policies)
  }
  const levels: PolicySet[] = []
  for (const level of scps ?? []) levels.push(await compile(level, 'scp', 'scp'))
  return {
    identity: await compile(identity, 'identity', 'inline'),
    ...(boundary && { boundary: await compile([boundary], 'boundary', 'boundary') }),
    ...(resource && { resource: await compile([resource], 'resource', 'resource') }),
    ...(scps && { scps: levels }),
    keyNames: [...new Set(asked.flatMap(namesAskedBy))],
    characters,
  }
}

/** How a document is read, and what its statements are said to be of. */
type Compiled = readonly [kind: PolicyKind, type: PolicySource['type']]

/** @throws AwsError InvalidInput for more than a simulation can take */
function charactersOf(documents: readonly NamedDocument[]): number {
  const characters = documents.reduce((sum, { document }) => sum + document.length, 0)
  if (characters <= MOST_CHARACTERS) return characters
  throw invalidInput(`The policies of a simulation cannot exceed ${MOST_CHARACTERS} characters.`)
}

const optional = <Item>(item: Item | undefined) => (item === undefined ? [] : [item])

const namesAskedBy = ({ document, which }: NamedDocument) =>
  readDocument(which, () => contextKeyNames(document)).filter(name => !isLiteral(name))

function compileDocument(
  { id, document, which }: NamedDocument,
  keys: ConditionKeys,
  ...[kind, type]: Compiled
): CompiledPolicy {
  const policy = readDocument(which, () => parsePolicy(document, kind))
  if (kind === 'resource') checkResourcesOf(policy)
  return compilePolicy(withoutUnequalWords(policy, keys), { type, name: id })
}

function checkResourcesOf({ statements }: Policy): void {
  const patterns = statements.flatMap(({ resource }) => resource?.patterns ?? [])
  const wrong = patterns.find(pattern => pattern !== null && !isFullArn(pattern))
  if (wrong !== undefined && wrong !== null) throw notAnArn(wrong)
}

/**
 * To a request, a word is unequal to every number. The simulator finds that a word is not even unequal: statements that
 * depend on it never apply.
 */
function withoutUnequalWords(policy: Policy, keys: ConditionKeys): Policy {
  const dependsOnWord = ({ operator, key }: Condition) => {
    if (!/^NumericNotEquals(?:IfExists)?$/.test(operator)) return false
    const value = keys.get(key.toLowerCase())
    return typeof value === 'string' && parseDecimal(value) === undefined
  }
  const statements = policy.statements.filter(({ conditions }) => !conditions.some(dependsOnWord))
  return { ...policy, statements }
}
