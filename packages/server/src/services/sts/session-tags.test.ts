// The laws of session tags, for whatever chain of roles.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AwsError } from '@twinlock/protocol'
import fc from 'fast-check'
import type { RoleSession } from '../../authentication/session-tokens.ts'
import { inheritedTags, newSessionTags, overlaidTags } from './session-tags.ts'

const key = fc.constantFrom('team', 'Team', 'TEAM', 'cost', 'Cost', 'stage')
const tag = fc.record({ Key: key, Value: fc.constantFrom('a', 'b') })
const request = fc.record({
  Tags: fc.array(tag, { maxLength: 3 }),
  TransitiveTagKeys: fc.array(key, { maxLength: 2 }),
})

const lower = (keys: readonly string[]) => keys.map(name => name.toLowerCase())
const sessionWith = (tags: Pick<RoleSession, 'tags' | 'transitiveTagKeys'>): RoleSession => ({
  sessionName: 'test',
  policyArns: [],
  ...tags,
})

/** The sessions of a chain whose every link asks for tags; refused links are passed over. */
function chainOf(
  requests: readonly Parameters<typeof newSessionTags>[0][],
): readonly RoleSession[] {
  const sessions: RoleSession[] = []
  for (const asked of requests) {
    try {
      sessions.push(sessionWith(newSessionTags(asked, inheritedTags(sessions.at(-1)))))
    } catch (error) {
      assert.ok(error instanceof AwsError && error.code === 'InvalidParameterValue')
    }
  }
  return sessions
}

test('a transitive tag, once set, has the same value in every later session of the chain', () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 6 }), requests => {
      const sessions = chainOf(requests)
      for (const [index, session] of sessions.entries()) {
        for (const later of sessions.slice(index + 1)) {
          for (const inherited of inheritedTags(session)) {
            assert.deepEqual(
              later.tags.find(({ Key }) => Key.toLowerCase() === inherited.Key.toLowerCase()),
              inherited,
            )
          }
        }
      }
    }),
  )
})

test('a session has each tag key once, ignoring case, and its transitive keys are keys of its tags', () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 6 }), requests => {
      for (const { tags, transitiveTagKeys } of chainOf(requests)) {
        const keys = lower(tags.map(({ Key }) => Key))
        assert.equal(new Set(keys).size, keys.length)
        assert.ok(lower(transitiveTagKeys).every(name => keys.includes(name)))
      }
    }),
  )
})

test('without transitive keys nothing is inherited', () => {
  fc.assert(
    fc.property(fc.array(tag, { maxLength: 1 }), Tags => {
      const session = sessionWith(newSessionTags({ Tags }, []))
      assert.deepEqual(inheritedTags(session), [])
    }),
  )
})

test('an inherited tag replaces the value of the role’s own tag of that key, and adds none', () => {
  const own = [
    { Key: 'Team', Value: 'own' },
    { Key: 'cost', Value: '1' },
  ]
  const inherited = [
    { Key: 'team', Value: 'red' },
    { Key: 'stage', Value: 'b' },
  ]
  assert.deepEqual(overlaidTags(own, inherited), [
    { Key: 'team', Value: 'red' },
    { Key: 'cost', Value: '1' },
  ])
})
