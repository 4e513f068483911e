// What the service demands or lets pass by itself, whatever the policies say: the vectors of vectors/policy/service-rules.json, and
// what managed session policies mean for sessions that are there already.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeactivateMFADeviceCommand,
  EnableMFADeviceCommand,
  ListMFADevicesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
  ResyncMFADeviceCommand,
} from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { type Authenticator, enrol, newAuthenticator } from './authenticator.ts'
import { allow, deny, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { type Credentials, startTwinlock, type TestTwinlock } from './twinlock.ts'

type Step = {
  readonly credentials: 'longTermKey' | 'noMfaSession' | 'freshMfa'
  readonly operation: string
  readonly mfa?: boolean
  readonly error?: { readonly code: string; readonly message?: string; readonly reason?: string }
}

type RuleCase = {
  readonly title: string
  readonly policy: object
  readonly devices: 0 | 1
  readonly steps: readonly Step[]
}

/** Anna, who calls; `spare` is a device that nobody has enabled. */
type Anna = {
  readonly twinlock: TestTwinlock
  readonly credentials: Readonly<Partial<Record<Step['credentials'], Credentials>>>
  readonly device: Authenticator | undefined
  readonly spare: Authenticator
}

const UserName = 'anna'

const OPERATIONS: Readonly<
  Record<string, (anna: Anna, caller: Credentials, step: Step) => Promise<unknown>>
> = {
  'sts:GetCallerIdentity': ({ twinlock }, caller) =>
    twinlock.sts(caller).send(new GetCallerIdentityCommand()),
  'sts:GetSessionToken': ({ twinlock, device }, caller, { mfa = false }) =>
    twinlock.sts(caller).send(new GetSessionTokenCommand(mfa ? { ...device?.proof() } : {})),
  'iam:ListMFADevices': ({ twinlock }, caller) =>
    twinlock.iam(caller).send(new ListMFADevicesCommand()),
  'iam:EnableMFADevice': ({ twinlock, spare }, caller) =>
    twinlock
      .iam(caller)
      .send(
        new EnableMFADeviceCommand({ UserName, SerialNumber: spare.SerialNumber, ...spare.pair() }),
      ),
  'iam:DeactivateMFADevice': ({ twinlock, device }, caller) =>
    twinlock
      .iam(caller)
      .send(new DeactivateMFADeviceCommand({ UserName, SerialNumber: device?.SerialNumber })),
  'iam:ResyncMFADevice': ({ twinlock, device }, caller) =>
    twinlock.iam(caller).send(
      new ResyncMFADeviceCommand({
        UserName,
        SerialNumber: device?.SerialNumber,
        AuthenticationCode1: device?.code(),
        AuthenticationCode2: device?.code(1),
      }),
    ),
}

async function newAnna(twinlock: TestTwinlock, { policy, devices }: RuleCase): Promise<Anna> {
  const longTermKey = await newUser(twinlock, UserName)
  const session = async (proof = {}) =>
    sessionOf(await twinlock.sts(longTermKey).send(new GetSessionTokenCommand(proof)))
  const device =
    devices === 0 ? undefined : await enrol(twinlock.iam(), twinlock.clock, UserName, 'phone')
  const spare = await newAuthenticator(twinlock.iam(), twinlock.clock, 'spare')
  // A code proves once: each of these is of a step of its own.
  twinlock.clock.advance(60)
  const noMfaSession = await session()
  const freshMfa = device && (await session(device.proof()))
  twinlock.clock.advance(60)
  const PolicyDocument = JSON.stringify(policy)
  await twinlock
    .iam()
    .send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
  const credentials = { longTermKey, noMfaSession, ...(freshMfa && { freshMfa }) }
  return { twinlock, credentials, device, spare }
}

async function perform(anna: Anna, step: Step): Promise<void> {
  const caller = anna.credentials[step.credentials]
  const operation = OPERATIONS[step.operation]
  if (caller === undefined || operation === undefined) assert.fail(JSON.stringify(step))
  if (step.error === undefined) return void (await operation(anna, caller, step))
  const { code, message, reason } = step.error
  await assert.rejects(operation(anna, caller, step), (error: Error) => {
    assert.equal(error.name, code)
    if (message !== undefined) assert.equal(error.message, message)
    if (reason !== undefined) assert.ok(error.message.endsWith(reason), error.message)
    return true
  })
}

const { cases }: { readonly cases: readonly RuleCase[] } = JSON.parse(
  readFileSync(new URL('../../../vectors/policy/service-rules.json', import.meta.url), 'utf8'),
)

for (const one of cases) {
  test(`service-rules.json: ${one.title}`, async () => {
    await using twinlock = await startTwinlock()
    const anna = await newAnna(twinlock, one)
    for (const step of one.steps) await perform(anna, step)
  })
}

test('a session that was given a managed policy is bound by its default version of the moment', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  const ana = await newUser(twinlock, UserName)
  const { Arn: RoleArn } = await newRole(
    twinlock,
    { RoleName: 'reader', AssumeRolePolicyDocument: policy(trust(ana.Arn)) },
    allow('iam:ListUsers'),
  )
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'limit',
      PolicyDocument: policy(allow('iam:ListUsers')),
    }),
  )
  const arn = Policy?.Arn
  const session = sessionOf(
    await twinlock
      .sts(ana)
      .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', PolicyArns: [{ arn }] })),
  )
  await twinlock.iam(session).send(new ListUsersCommand())
  await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: arn,
      PolicyDocument: policy(deny('iam:ListUsers')),
      SetAsDefault: true,
    }),
  )
  await assert.rejects(twinlock.iam(session).send(new ListUsersCommand()), {
    name: 'AccessDenied',
    message: /with an explicit deny in a session policy/,
  })
})
