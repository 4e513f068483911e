// Whatever a signed caller sends, each operation answers as AWS would: never with a failure of ours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modelOf } from '@twinlock/protocol'
import type { Shape } from '@twinlock/protocol'
import fc from 'fast-check'
import { OPERATIONS } from '../src/services/operations.ts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { newRole, newUser, policy, trust } from './people.ts'
import { signedHeaders } from './signed-headers.ts'
import { startTwinlock } from './twinlock.ts'

const RUNS = 12

/** Values that some member or other takes seriously, and values that nobody should. */
const VALUES = fc.oneof(
  fc.constantFrom(
    'ana',
    'ANA',
    'deployer',
    '/',
    '/team/',
    'v1',
    'true',
    '0',
    '1',
    '900',
    '123456',
    'Active',
    'Any',
    'arn:aws:iam::123456789012:user/ana',
    'arn:aws:iam::123456789012:role/deployer',
    'arn:aws:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::123456789012:policy/nothing',
    'arn:aws:iam::123456789012:mfa/phone',
    'AKIAQNZGKIQY56JQ7WML',
    policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
    policy(trust('*')),
    '{"Version":"2012-10-17","Statement":[]}',
    "'; drop table user; --",
    '__proto__',
    '\u0085\uD7FF\u{10FFFF}',
    'x'.repeat(600),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }).map(text => text.toWellFormed()),
)

/** Names of parameters that a shape understands, and one that it does not. */
function parametersOf(shape: Shape | undefined, path: string, depth = 0): string[] {
  if (shape === undefined || depth > 3) return []
  switch (shape.type) {
    case 'structure':
      return shape.members.flatMap(({ name, shape: member }) =>
        parametersOf(member, path === '' ? name : `${path}.${name}`, depth + 1),
      )
    case 'list':
      return [
        path,
        ...['1', '2', '99'].flatMap(index =>
          parametersOf(shape.member, `${path}.member.${index}`, depth + 1),
        ),
      ]
    case 'map':
      return [`${path}.entry.1.key`, `${path}.entry.1.value`]
    case 'string':
    case 'integer':
    case 'boolean':
    case 'document':
    case 'timestamp':
    case 'blob':
      return [path]
    default:
      return shape satisfies never
  }
}

onEveryEngine('any input', newDatabase => {
  for (const service of ['iam', 'sts'] as const) {
    test(`of ${service} is answered below 500`, async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      await newUser(twinlock, 'ana')
      await newRole(twinlock, {
        RoleName: 'deployer',
        AssumeRolePolicyDocument: policy(trust(`arn:aws:iam::${twinlock.account}:user/ana`)),
      })
      const host = new URL(twinlock.endpoint).host
      const { version } = modelOf(service)

      for (const name of Object.keys(OPERATIONS[service])) {
        const operation = modelOf(service).findOperation(name)
        const names = [...parametersOf(operation?.input, ''), 'Unknown.member.1']
        const parameters = fc.array(fc.tuple(fc.constantFrom(...names), VALUES), { maxLength: 8 })
        await fc.assert(
          fc.asyncProperty(parameters, async pairs => {
            const body = String(
              new URLSearchParams([['Action', name], ['Version', version], ...pairs]),
            )
            const headers = signedHeaders(twinlock.root, {
              host,
              service,
              body,
              now: twinlock.clock.now(),
            })
            const response = await fetch(twinlock.endpoint, { method: 'POST', headers, body })
            const text = await response.text()
            assert.ok(response.status < 500, `${name}: ${text}`)
            assert.match(text, /^<(Error|[A-Za-z]+)Response xmlns="/)
          }),
          { numRuns: RUNS },
        )
      }
    })
  }
})
