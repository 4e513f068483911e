// The vectors of the policy simulator, through the real SDK. Their format: vectors/simulation/README.md.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type {
  EvaluationResult,
  Position,
  ResourceSpecificResult,
  SimulateCustomPolicyRequest,
  Statement,
} from '@aws-sdk/client-iam'
import { SimulateCustomPolicyCommand } from '@aws-sdk/client-iam'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

type Vectors = {
  readonly title: string
  readonly policies: Readonly<Record<string, object | string>>
  readonly cases: readonly Case[]
}

type Case = {
  readonly title: string
  readonly input: SimulateCustomPolicyRequest
  readonly results?: readonly object[]
  readonly code?: string
  readonly message?: string
}

const FOLDER = new URL('../../../vectors/simulation/', import.meta.url)
const FILES = readdirSync(FOLDER).filter(file => file.endsWith('.json'))

let twinlock: TestTwinlock
before(async () => void (twinlock = await startTwinlock()))
after(() => twinlock[Symbol.asyncDispose]())

for (const file of FILES) {
  test(`${file}: as AWS answers`, async t => {
    const { policies, cases } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Vectors
    for (const { title, input, results, code, message } of cases) {
      await t.test(title, async () => {
        const asked = twinlock.iam().send(new SimulateCustomPolicyCommand(written(input, policies)))
        if (code !== undefined) {
          await assert.rejects(asked, { message, name: new RegExp(`^${code}(?:Exception)?$`) })
        } else {
          const { EvaluationResults = [], IsTruncated } = await asked
          assert.equal(IsTruncated, false)
          assert.deepEqual(EvaluationResults.map(abridged), results?.map(sorted))
        }
      })
    }
  })
}

/** The members of the input that hold policies. */
const HOLDERS = new Set([
  'PolicyInputList',
  'PermissionsBoundaryPolicyInputList',
  'ServiceControlPolicyInputList',
  'ResourcePolicy',
])

/** The input with the texts of its policies. */
function written<Value>(input: Value, policies: Vectors['policies']): Value {
  const textOf = (policy: unknown): string => {
    const document = typeof policy === 'string' ? (policies[policy] ?? policy) : policy
    return typeof document === 'string' ? document : JSON.stringify(document)
  }
  const write = (value: unknown, name = ''): unknown => {
    if (HOLDERS.has(name)) return Array.isArray(value) ? value.map(textOf) : textOf(value)
    if (Array.isArray(value)) return value.map(each => write(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, write(each, key)]))
  }
  return write(input) as Value
}

function abridged(result: EvaluationResult): object {
  return sorted({
    action: result.EvalActionName,
    resource: result.EvalResourceName,
    decision: result.EvalDecision,
    matched: result.MatchedStatements?.map(statement),
    missing: result.MissingContextValues,
    organizations: result.OrganizationsDecisionDetail?.AllowedByOrganizations,
    boundary: result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
    details: result.EvalDecisionDetails,
    resources: result.ResourceSpecificResults?.map(abridgedResource),
  })
}

const abridgedResource = (result: ResourceSpecificResult) => ({
  resource: result.EvalResourceName,
  decision: result.EvalResourceDecision,
  matched: result.MatchedStatements?.map(statement),
  missing: result.MissingContextValues,
  boundary: result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
  details: result.EvalDecisionDetails,
})

const statement = ({
  SourcePolicyId,
  SourcePolicyType,
  StartPosition,
  EndPosition,
}: Statement): string =>
  `${SourcePolicyId} (${SourcePolicyType}) ${place(StartPosition)}-${place(EndPosition)}`

const place = ({ Line, Column }: Position = {}) => `${Line}:${Column}`

/** Without empty lists, and with the others in order. */
function sorted(value: object): object {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && !(Array.isArray(each) && each.length === 0))
      .map(([name, each]) => [name, name === 'resources' ? each.map(sorted) : ordered(each)]),
  )
}

/** The other lists are of texts. */
const ordered = (value: unknown) =>
  Array.isArray(value) ? (value as readonly string[]).toSorted() : value
