// The laws of encoded authorization messages, for whatever was denied. What they tell is in test/authorization-message.test.ts.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { compilePolicy, explain, parsePolicy, policySet } from '@twinlock/policy'
import fc from 'fast-check'
import { parseAccountId } from '../identifiers/account-id.ts'
import { openKeyring } from '../keyring/keyring.ts'
import type { Context, House } from '../services/context.ts'
import type { Queries } from '../store/store.ts'
import type { DeniedRequest } from './authorization-message.ts'
import {
  decodeAuthorizationMessage,
  denialEncoder,
  encodeAuthorizationMessage,
} from './authorization-message.ts'
import { conditionKeys, principalFacts } from './condition-keys.ts'

const ACCOUNT = parseAccountId('123456789012')
const NOW = new Date('2026-01-02T03:04:05Z')
const keyring = openKeyring([{ keyId: 1, key: randomBytes(32) }], randomBytes)

type Denied = {
  readonly resource: string
  readonly userAgent: string
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  /** The Sids of statements that deny. */
  readonly sids: readonly string[]
}

function deniedRequest({ resource, userAgent, tags, sids }: Denied): DeniedRequest {
  const Statement = sids.map(Sid => ({ Sid, Effect: 'Deny', Action: 'iam:*', Resource: '*' }))
  const document = JSON.stringify({ Version: '2012-10-17', Statement })
  const policies =
    sids.length === 0
      ? []
      : [
          compilePolicy(parsePolicy(document, 'identity'), {
            type: 'inline',
            name: 'own',
          }),
        ]
  const identity = policySet(policies)
  const arn = `arn:aws:iam::${ACCOUNT}:user/ana`
  const id = 'AIDAQNZGKIQY56JQ7WMLA'
  const context: Context = {
    account: ACCOUNT,
    caller: {
      kind: 'user',
      account: ACCOUNT,
      accessKeyId: 'AKIA',
      session: undefined,
      id,
      arn,
      userName: 'ana',
      path: '/',
    },
    now: NOW,
    region: 'us-east-1',
    // A message takes nothing of these.
    db: {} as Queries,
    house: {} as House,
    request: {
      requestId: '-',
      sourceIp: '192.0.2.1',
      secureTransport: true,
      userAgent,
      referer: undefined,
    },
  }
  const source = {
    context,
    permission: { action: 'iam:TagUser', resource, requestTags: tags },
    principal: {
      kind: 'user',
      id,
      arn,
      name: 'ana',
      path: '/',
      tags: new Map<string, string>(),
      identity,
      boundary: undefined,
    },
    mfa: { present: undefined },
  } as const
  const request = {
    action: 'iam:TagUser',
    resource,
    keys: conditionKeys(source),
    principal: principalFacts(context.caller),
  }
  return { source, layers: { identity }, explanation: explain(request, { identity }) }
}

const denied = fc
  .record({
    resource: fc.string({ unit: 'grapheme', maxLength: 600 }),
    userAgent: fc.string({ unit: 'binary', maxLength: 3000 }),
    tags: fc.array(
      fc.record({ Key: fc.string({ maxLength: 128 }), Value: fc.string({ maxLength: 256 }) }),
      { maxLength: 20 },
    ),
    sids: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,400}$/), { maxLength: 20 }),
  })
  .map(deniedRequest)

test('whatever was denied, a message fits, opens again, and tells the names of the request', () => {
  fc.assert(
    fc.property(denied, fc.constantFrom('header', 'text'), (request, where) => {
      const message = encodeAuthorizationMessage(keyring, request, where) ?? ''
      assert.ok(message.length <= 10_240)
      if (where === 'header') assert.equal(message.length, 3068)
      const told = JSON.parse(decodeAuthorizationMessage(keyring, message, ACCOUNT, NOW) ?? '')
      assert.equal(told.allowed, false)
      assert.equal(told.context.action, 'iam:TagUser')
      assert.equal(told.context.resource, request.source.permission.resource)
    }),
    { numRuns: 200 },
  )
})

test('whatever is sent for decoding, the answer is a message of ours or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      assert.equal(decodeAuthorizationMessage(keyring, text, ACCOUNT, NOW), undefined)
    }),
  )
})

test('another account’s message is none', () => {
  const request = deniedRequest({ resource: '*', userAgent: '', tags: [], sids: [] })
  const message = encodeAuthorizationMessage(keyring, request, 'header') ?? ''
  const other = parseAccountId('210987654321')
  assert.equal(decodeAuthorizationMessage(keyring, message, other, NOW), undefined)
  assert.ok(decodeAuthorizationMessage(keyring, message, ACCOUNT, NOW))
})

test('names that are too long leave no message', () => {
  const resource = 'x'.repeat(3000)
  const request = deniedRequest({ resource, userAgent: '', tags: [], sids: [] })
  assert.equal(encodeAuthorizationMessage(keyring, request, 'header'), undefined)
  assert.ok(encodeAuthorizationMessage(keyring, request, 'text'))
})

test('a denial is a denial, whatever becomes of its message', () => {
  const reported: unknown[] = []
  const fault = new Error('a fault')
  const encode = denialEncoder(keyring, 'header', error => reported.push(error))
  assert.equal(
    encode(() => {
      throw fault
    }),
    undefined,
  )
  assert.deepEqual(reported, [fault])
})

test('where there is to be no message, nobody asks for an explanation', () => {
  const encode = denialEncoder(keyring, 'off', error => assert.fail(String(error)))
  assert.equal(
    encode(() => assert.fail('nobody asked')),
    undefined,
  )
})
