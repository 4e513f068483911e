// Every operation is asked with a secret in each member that is for secrets, good and malformed, by who may and by who may not: it is in
// no record of the audit, in no line of the log, and in no answer.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { modelOf } from '@twinlock/protocol'
import type { ServiceName } from '@twinlock/protocol'
import fc from 'fast-check'
import { sql } from 'kysely'
import { OPERATIONS } from '../src/services/operations.ts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { minimalInput } from './minimal-input.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { newSigner, signedIn } from './sign-in-people.ts'
import { signedHeaders } from './signed-headers.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

/** Stands in every secret, so that also a part of one is found. */
const MARK = 'S3cret!'
const CODE = '918273'

/** Secrets of any form, within the constraints of some member and beyond them all. */
const SECRETS = fc.oneof(
  fc.constantFrom(CODE, `${MARK}aB1`, `${MARK}\u{100}`, MARK.repeat(2000), `1${MARK}`),
  fc.tuple(fc.string(), fc.string({ unit: 'grapheme' })).map(texts => texts.join(MARK)),
)

/** Codes are no secrets to the model, for they are spent: but not while they are refused. STS's messages repeat them to who sent them. */
const CODES = /^(?:TokenCode|AuthenticationCode[12]|EncodedMessage)$/

type Asked = {
  readonly service: ServiceName
  readonly name: string
  readonly secrets: readonly string[]
}

const ASKED: readonly Asked[] = (['iam', 'sts'] as const)
  .flatMap(service =>
    Object.keys(OPERATIONS[service]).map(name => {
      const members = modelOf(service).findOperation(name)?.input?.members ?? []
      const secrets = members
        .filter(({ name: member, shape }) =>
          shape.type === 'string' ? shape.sensitive || CODES.test(member) : false,
        )
        .map(member => member.name)
      return { service, name, secrets }
    }),
  )
  .filter(({ secrets }) => secrets.length > 0)

/** Operations that AWS keeps to its console. */
const OF_CONSOLE: readonly (readonly [string, (secret: string) => object])[] = [
  ['ChangeRootPassword', secret => ({ OldPassword: secret, NewPassword: `${secret}aB1!` })],
  ['ImportHardwareTokens', secret => ({ Format: 'CSV', Document: `a,${secret},b\nc,${secret}` })],
  [
    'ImportHardwareTokens',
    secret => ({ Format: 'PSKC', Document: `<${secret}`, Passphrase: secret }),
  ],
  ['EnableMFADevice', codes],
  ['ResyncMFADevice', codes],
]

function codes(secret: string) {
  const SerialNumber = 'arn:aws:iam::123456789012:mfa/phone'
  return { SerialNumber, AuthenticationCode1: secret, AuthenticationCode2: secret }
}

/** Lines of the log, from now on. */
function logOf(t: TestContext): readonly string[] {
  const lines: string[] = []
  t.mock.method(console, 'error', (...told: unknown[]) => lines.push(told.join(' ')))
  return lines
}

async function recordsIn(database: string): Promise<string> {
  await using store = await openStore(database)
  const rows = await store.db.selectFrom('auditEvent').selectAll().execute()
  assert.ok(rows.length > 0)
  // Ids are random: they may hold any six digits.
  return JSON.stringify(rows).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
}

const withoutSecrets = (text: string) => {
  assert.ok(!text.includes(MARK), text.slice(0, 2000))
  assert.ok(!text.includes(CODE), text.slice(0, 2000))
}

/** What `caller` is answered, as text. */
async function ask(
  twinlock: TestTwinlock,
  caller: Credentials,
  { service, name }: Asked,
  input: object,
): Promise<string> {
  const body = new URLSearchParams({ Action: name, Version: modelOf(service).version })
  for (const [member, value] of Object.entries(input)) {
    if (typeof value !== 'object') body.set(member, String(value))
  }
  const { host } = new URL(twinlock.endpoint)
  const request = { host, service, body: String(body), now: twinlock.clock.now() }
  const headers = signedHeaders(caller, request)
  return (await fetch(twinlock.endpoint, { method: 'POST', headers, body })).text()
}

onEveryEngine('Secrets', (newDatabase, engine) => {
  test('that are asked with are repeated nowhere', async t => {
    const log = logOf(t)
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      const callers = [
        twinlock.root,
        await newUser(twinlock, 'somebody', allow('*')),
        await newUser(twinlock, 'nobody'),
      ]
      for (const asked of ASKED) {
        const minimal = minimalInput(asked.service, asked.name, {
          account: twinlock.account,
          optional: [...asked.secrets, 'SerialNumber'],
        })
        const given = fc.tuple(fc.constantFrom(...callers), ...asked.secrets.map(() => SECRETS))
        await fc.assert(
          fc.asyncProperty(given, async ([caller, ...secrets]) => {
            const secret = Object.fromEntries(asked.secrets.map((name, at) => [name, secrets[at]]))
            const answer = await ask(twinlock, caller, asked, { ...minimal, ...secret })
            if (!asked.secrets.some(name => CODES.test(name))) withoutSecrets(answer)
          }),
          { numRuns: 20 },
        )
      }
    }
    withoutSecrets(await recordsIn(database))
    assert.deepEqual(log, [])
  })

  test('that the console asks with are repeated nowhere', async t => {
    const log = logOf(t)
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      await newSigner(twinlock, 'ana', allow('*'))
      const browser = await signedIn(twinlock, 'ana')
      for (const [name, inputOf] of OF_CONSOLE) {
        await fc.assert(
          fc.asyncProperty(SECRETS, async secret => {
            const { text } = await browser.post(`/console/api/signin/${name}`, inputOf(secret))
            withoutSecrets(text)
          }),
          { numRuns: 10 },
        )
      }
    }
    withoutSecrets(await recordsIn(database))
    assert.deepEqual(log, [])
  })

  test('that are given out are in the answer alone', async t => {
    const log = logOf(t)
    const database = await newDatabase()
    const given: string[] = []
    {
      await using twinlock = await startTwinlock({ database })
      const ana = await newUser(twinlock, 'ana', allow('*'))
      const RoleArn = (
        await newRole(twinlock, {
          RoleName: 'reader',
          AssumeRolePolicyDocument: policy(trust(ana.Arn)),
        })
      ).Arn
      const client = twinlock.sts(ana)
      const sessions = [
        await client.send(new sts.GetSessionTokenCommand({})),
        await client.send(new sts.AssumeRoleCommand({ RoleArn, RoleSessionName: 'ana' })),
        await client.send(new sts.GetFederationTokenCommand({ Name: 'ana' })),
      ].map(sessionOf)
      const { VirtualMFADevice } = await twinlock
        .iam()
        .send(new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }))
      await twinlock.iam().send(new iam.ListVirtualMFADevicesCommand({}))
      const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString()
      const secrets = sessions.flatMap(({ secretAccessKey, sessionToken }) => [
        secretAccessKey,
        sessionToken,
      ])
      given.push(seed, btoa(seed), ana.secretAccessKey, twinlock.root.secretAccessKey, ...secrets)
    }
    const records = await recordsIn(database)
    for (const secret of given) {
      assert.ok(secret.length >= 40)
      assert.ok(!records.includes(secret), records)
    }
    assert.deepEqual(log, [])
  })

  test('in a row that the store refuses are not in the log', async t => {
    const log = logOf(t)
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await newUser(twinlock, 'ana')
    {
      await using store = await openStore(database)
      await (
        engine === 'postgres'
          ? sql`alter table "loginProfile" add check ("accountId" is null)`
          : sql`create trigger refuse before insert on "loginProfile" begin select raise(abort, 'refused'); end`
      ).execute(store.db)
    }
    const Password = `${MARK}aB1`
    await assert.rejects(
      twinlock.iam().send(new iam.CreateLoginProfileCommand({ UserName: 'ana', Password })),
      { name: 'InternalFailure' },
    )
    assert.equal(log.length, 1)
    assert.doesNotMatch(log.join(), /S3cret|argon2/)
  })
})
