// The smallest input of an operation that keeps to its model's constraints, for tests that go through all operations.
import assert from 'node:assert/strict'
import { modelOf } from '@twinlock/protocol'
import type { Constrained, ServiceName, Shape } from '@twinlock/protocol'
import { allow, policy, trust } from './people.ts'

/** What a text may be: the first one that keeps to the member's constraints is taken. */
const TEXTS = [
  'somebody',
  '123456',
  '/',
  'v1',
  'AKIAQYEI4ZBB7LQZ6VHX',
  'a text that is long enough',
]

/** Members that hold an ARN, and of what. */
const ARNS: Readonly<Record<string, string>> = {
  PolicyArn: 'policy/somebody',
  PermissionsBoundary: 'policy/somebody',
  RoleArn: 'role/somebody',
  PolicySourceArn: 'user/somebody',
  SerialNumber: 'mfa/somebody',
}

/** Members that hold a policy document. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  PolicyDocument: policy(allow('s3:*')),
  AssumeRolePolicyDocument: policy(trust('*')),
}

export type Sampling = {
  /** Whose ARNs are named. */
  readonly account: string
  /** Further members to give, when the operation has them. */
  readonly optional?: readonly string[]
}

/** The members of an operation's input that hold an ARN. */
export function arnMembers(service: ServiceName, operation: string): readonly string[] {
  return membersOf(service, operation)
    .map(({ name }) => name)
    .filter(name => name in ARNS)
}

export function minimalInput(service: ServiceName, operation: string, sampling: Sampling): object {
  const given = membersOf(service, operation).filter(
    ({ name, required }) => required || sampling.optional?.includes(name),
  )
  return Object.fromEntries(given.map(({ name, shape }) => [name, sample(name, shape, sampling)]))
}

function membersOf(service: ServiceName, operation: string) {
  const modelled = modelOf(service).findOperation(operation)
  assert(modelled !== undefined, `${service} has no operation ${operation}`)
  return modelled.input?.members ?? []
}

function sample(name: string, shape: Shape, sampling: Sampling): unknown {
  const resource = ARNS[name]
  if (resource !== undefined) return `arn:aws:iam::${sampling.account}:${resource}`
  switch (shape.type) {
    case 'string':
      return DOCUMENTS[name] ?? text(name, shape)
    case 'integer':
      return shape.min ?? 0
    case 'boolean':
      return true
    case 'blob':
      return new Uint8Array()
    case 'timestamp':
      return new Date(0)
    case 'document':
    case 'map':
      return {}
    case 'list':
      return [sample(name, shape.member, sampling)]
    case 'structure':
      return Object.fromEntries(
        shape.members
          .filter(({ required }) => required)
          .map(member => [member.name, sample(member.name, member.shape, sampling)]),
      )
    default:
      return shape satisfies never
  }
}

function text(name: string, { enum: values, pattern, min = 0, max = Infinity }: Constrained) {
  const keeps = (candidate: string) =>
    candidate.length >= min &&
    candidate.length <= max &&
    (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(candidate))
  const found = (values ?? TEXTS).find(keeps)
  assert(found !== undefined, `a text is needed that keeps to the constraints of ${name}`)
  return found
}
