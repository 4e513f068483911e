// The encoded authorization message: what a denial tells an administrator, and tells nobody else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListUsersCommand } from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, deny, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { signedHeaders } from './signed-headers.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

const HEADER = 'x-twinlock-authorization-message'

type Answer = { readonly status: number; readonly text: string; readonly message: string }

/** A signed request by hand, for SDKs do not show headers. */
async function ask(
  twinlock: TestTwinlock,
  credentials: Credentials,
  parameters: Readonly<Record<string, string>>,
  service: 'iam' | 'sts' = 'iam',
): Promise<Answer> {
  const Version = service === 'iam' ? '2010-05-08' : '2011-06-15'
  const body = new URLSearchParams({ Version, ...parameters }).toString()
  const { host } = new URL(twinlock.endpoint)
  const headers = signedHeaders(credentials, { host, service, body, now: twinlock.clock.now() })
  const answer = await fetch(twinlock.endpoint, { method: 'POST', headers, body })
  const message = answer.headers.get(HEADER) ?? ''
  return { status: answer.status, text: await answer.text(), message }
}

async function decode(twinlock: TestTwinlock, EncodedMessage: string, by?: Credentials) {
  const command = new DecodeAuthorizationMessageCommand({ EncodedMessage })
  const { DecodedMessage } = await twinlock.sts(by).send(command)
  return JSON.parse(DecodedMessage ?? '')
}

type ToldKey = {
  readonly key: string
  readonly values: { readonly items: readonly { value: string }[] }
}
const keysOf = ({ items }: { readonly items: readonly ToldKey[] }) =>
  Object.fromEntries(items.map(({ key, values }) => [key, values.items.map(({ value }) => value)]))

const INVALID = { name: 'InvalidAuthorizationMessageException', message: 'Message is not valid' }

const WITHOUT_MFA = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }

onEveryEngine('an encoded authorization message', newDatabase => {
  test('tells the statement that denied, as it is written, and what the request said', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('*'), {
      Sid: 'MfaOrNothing',
      Effect: 'Deny',
      NotAction: ['sts:GetSessionToken', 'iam:EnableMFADevice'],
      Resource: '*',
      Condition: WITHOUT_MFA,
    })
    const { status, text, message } = await ask(twinlock, ana, {
      Action: 'GetUser',
      UserName: 'ana',
    })
    assert.equal(status, 403)
    assert.doesNotMatch(text, /[Ee]ncoded/)
    assert.match(message, /^[\w-]+$/)

    const told = await decode(twinlock, message)
    assert.deepEqual(
      { ...told, context: { ...told.context, conditions: undefined } },
      {
        allowed: false,
        explicitDeny: true,
        matchedStatements: {
          items: [
            {
              statementId: 'MfaOrNothing',
              effect: 'DENY',
              principals: { items: [{ value: ana.UserId }] },
              principalGroups: { items: [] },
              actions: { items: [] },
              notActions: {
                items: [{ value: 'sts:GetSessionToken' }, { value: 'iam:EnableMFADevice' }],
              },
              resources: { items: [{ value: '*' }] },
              conditions: {
                items: [
                  {
                    key: 'aws:MultiFactorAuthPresent',
                    operator: 'BoolIfExists',
                    values: { items: [{ value: 'false' }] },
                  },
                ],
              },
            },
          ],
        },
        failures: { items: [] },
        context: {
          principal: { id: ana.UserId, name: 'ana', arn: ana.Arn },
          action: 'iam:GetUser',
          resource: ana.Arn,
          conditions: undefined,
        },
      },
    )
    const keys = keysOf(told.context.conditions)
    assert.deepEqual(keys['aws:PrincipalArn'], [ana.Arn])
    assert.deepEqual(keys['aws:SourceIp'], ['127.0.0.1'])
    assert.equal(keys['aws:MultiFactorAuthPresent'], undefined)
  })

  test('tells the value of each key that the statement asks for, whoever defines the key', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('sts:AssumeRole'))
    const asked = {
      StringEquals: { 'iam:ResourceTag/team': 'red' },
      Bool: { 'twinlock:PhishingResistant': 'false' },
    }
    const role = await newRole(
      twinlock,
      {
        RoleName: 'ops',
        AssumeRolePolicyDocument: policy(trust(ana.Arn)),
        Tags: [{ Key: 'team', Value: 'red' }],
      },
      deny('iam:DeleteRole', { Condition: asked }),
    )
    const assume = new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: 'test' })
    const session = sessionOf(await twinlock.sts(ana).send(assume))
    const { message } = await ask(twinlock, session, { Action: 'DeleteRole', RoleName: 'ops' })
    const keys = keysOf((await decode(twinlock, message)).context.conditions)
    assert.deepEqual(keys['iam:ResourceTag/team'], ['red'])
    assert.deepEqual(keys['twinlock:PhishingResistant'], ['false'])
  })

  test('of a session says which, and that nothing allowed', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('sts:*'))
    const role = await newRole(twinlock, {
      RoleName: 'idle',
      AssumeRolePolicyDocument: policy(trust(ana.Arn)),
    })
    const assume = new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: 'test' })
    const session = sessionOf(await twinlock.sts(ana).send(assume))
    const { message } = await ask(twinlock, session, { Action: 'ListUsers' })
    const told = await decode(twinlock, message)
    assert.equal(told.explicitDeny, false)
    assert.deepEqual(told.matchedStatements, { items: [] })
    assert.deepEqual(told.context.principal, {
      id: `${role.RoleId}:test`,
      arn: 'arn:aws:sts::123456789012:assumed-role/idle/test',
    })
    assert.deepEqual(keysOf(told.context.conditions)['aws:MultiFactorAuthPresent'], ['false'])
  })
})

test('it is opened with permission only, and in the account that sealed it', async () => {
  await using twinlock = await startTwinlock()
  await using other = await startTwinlock()
  const ana = await newUser(twinlock, 'ana')
  const { message } = await ask(twinlock, ana, { Action: 'ListUsers' })
  await assert.rejects(decode(twinlock, message, ana), {
    name: 'AccessDenied',
    message: `User: ${ana.Arn} is not authorized to perform: sts:DecodeAuthorizationMessage because no identity-based policy allows the sts:DecodeAuthorizationMessage action`,
  })
  const reader = await newUser(twinlock, 'reader', allow('sts:DecodeAuthorizationMessage'))
  assert.equal((await decode(twinlock, message, reader)).allowed, false)
  await assert.rejects(decode(other, message), INVALID)
  // Of STS, a session of GetSessionToken has AssumeRole and GetCallerIdentity alone.
  const session = sessionOf(await twinlock.sts(reader).send(new GetSessionTokenCommand()))
  await assert.rejects(decode(twinlock, message, session), { name: 'InvalidClientTokenId' })
})

test('one that was altered, cut, stretched or kept for a day is not valid', async () => {
  await using twinlock = await startTwinlock()
  const ana = await newUser(twinlock, 'ana')
  const { message } = await ask(twinlock, ana, { Action: 'ListUsers' })
  const session = sessionOf(await twinlock.sts(ana).send(new GetSessionTokenCommand()))
  const wrong = [
    'x',
    `${message}A`,
    `${message}\n`,
    `${message}=`,
    message.slice(0, -4),
    message.slice(4),
    message.replace(/^.{40}./, found => found.slice(0, 40) + (found.endsWith('A') ? 'B' : 'A')),
    // Sealed by the same keyring, for something else.
    session.sessionToken.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  ]
  for (const text of wrong) await assert.rejects(decode(twinlock, text), INVALID)
  twinlock.clock.advance(24 * 3600 - 1)
  await decode(twinlock, message)
  twinlock.clock.advance(1)
  await assert.rejects(decode(twinlock, message), INVALID)
})

test('a header says as much of a short denial as of a long one, and of a role that is not there', async () => {
  await using twinlock = await startTwinlock()
  const long = Array.from({ length: 60 }, (_, index) => `s3:Action${index}`)
  const ana = await newUser(
    twinlock,
    'ana',
    deny('iam:ListUsers', { Sid: 'short' }),
    deny([...long, 'iam:ListGroups'], { Sid: 'long' }),
  )
  await newRole(twinlock, {
    RoleName: 'there',
    AssumeRolePolicyDocument: policy(trust('arn:aws:iam::123456789012:root', { Effect: 'Deny' })),
  })
  const assume = (name: string) =>
    ask(
      twinlock,
      ana,
      {
        Action: 'AssumeRole',
        RoleArn: `arn:aws:iam::123456789012:role/${name}`,
        RoleSessionName: 'test',
      },
      'sts',
    )
  const short = await ask(twinlock, ana, { Action: 'ListUsers' })
  const answers = [
    short,
    await ask(twinlock, ana, { Action: 'ListUsers' }),
    await ask(twinlock, ana, { Action: 'ListGroups' }),
    await ask(twinlock, ana, { Action: 'ListRoles' }),
    await assume('there'),
    await assume('gone'),
  ]
  const messages = answers.map(({ message }) => message)
  assert.deepEqual(new Set(messages.map(({ length }) => length)), new Set([3068]))
  assert.equal(new Set(messages).size, messages.length)

  const [, , listGroups = '', , there = '', gone = ''] = messages
  const told = await decode(twinlock, listGroups)
  assert.equal(told.matchedStatements.items[0].statementId, 'long')
  assert.deepEqual((await decode(twinlock, there)).matchedStatements.items.length, 1)
  assert.deepEqual((await decode(twinlock, gone)).matchedStatements.items, [])
})

test('what does not fit is left out from the end, and never the names of the request', async () => {
  await using twinlock = await startTwinlock()
  const statements = Array.from({ length: 4 }, (_, index) =>
    deny('iam:*', {
      Sid: `a${index}${'x'.repeat(150)}`,
      Resource: `arn:aws:iam::*:user/${'y'.repeat(180)}*`,
    }),
  )
  const ana = await newUser(twinlock, 'ana', deny('iam:List*', { Sid: 'fits' }), ...statements)
  const { message } = await ask(twinlock, ana, { Action: 'ListUsers' })
  const { matchedStatements, context } = await decode(twinlock, message)
  assert.deepEqual(
    matchedStatements.items.map(({ statementId }: { statementId: string }) => statementId),
    ['fits'],
  )
  assert.equal(context.action, 'iam:ListUsers')
})

test('secrets that a client may have put into its request are not in it', async () => {
  await using twinlock = await startTwinlock()
  const ana = await newUser(twinlock, 'ana')
  const asking = {
    Action: 'AssumeRole',
    RoleArn: 'arn:aws:iam::123456789012:role/there',
    RoleSessionName: 'test',
    ExternalId: 'between-us',
  }
  const { message } = await ask(twinlock, ana, asking, 'sts')
  const keys = keysOf((await decode(twinlock, message)).context.conditions)
  assert.deepEqual(keys['sts:RoleSessionName'], ['test'])
  assert.equal(keys['sts:ExternalId'], undefined)
})

test('it stands in the text where the operator wants it there, and nowhere where not', async () => {
  await using inText = await startTwinlock({ argv: ['--encoded-authorization-messages', 'text'] })
  const ana = await newUser(inText, 'ana')
  const denied = await inText
    .iam(ana)
    .send(new ListUsersCommand())
    .then(
      () => '',
      (error: Error) => error.message,
    )
  const [, message = ''] = / Encoded authorization failure message: ([\w-]+)$/.exec(denied) ?? []
  assert.ok(message.length <= 10_240)
  assert.equal((await decode(inText, message)).context.action, 'iam:ListUsers')
  assert.equal((await ask(inText, ana, { Action: 'ListUsers' })).message, '')
  const role = { RoleArn: 'arn:aws:iam::123456789012:role/gone', RoleSessionName: 'test' }
  await assert.rejects(inText.sts(ana).send(new AssumeRoleCommand(role)), {
    message: `User: ${ana.Arn} is not authorized to perform: sts:AssumeRole on resource: ${role.RoleArn}`,
  })

  await using off = await startTwinlock({ argv: ['--encoded-authorization-messages', 'off'] })
  const ben = await newUser(off, 'ben')
  const { text, message: none } = await ask(off, ben, { Action: 'ListUsers' })
  assert.equal(none, '')
  assert.doesNotMatch(text, /[Ee]ncoded/)
})
