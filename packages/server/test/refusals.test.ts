// What every operation refuses, whichever it is: no permission, an explicit deny, a bad signature, a session without MFA,
// another account's ARN. An operation that is added is asked too. The lists of exceptions may only shrink.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { modelOf } from '@twinlock/protocol'
import type { ServiceName } from '@twinlock/protocol'
import { OPERATIONS } from '../src/services/operations.ts'
import { arnMembers, minimalInput } from './minimal-input.ts'
import type { Sampling } from './minimal-input.ts'
import { enrol } from './authenticator.ts'
import { allow, deny, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

type Operation = { readonly service: ServiceName; readonly name: string }

/** Code and message of a refusal; undefined when it was granted. */
type Answer = { readonly code: string; readonly message: string } | undefined

const SERVICES = ['iam', 'sts'] as const
const EVERY: readonly Operation[] = SERVICES.flatMap(service =>
  Object.keys(OPERATIONS[service]).map(name => ({ service, name })),
)
const OWN: Sampling = { account: '123456789012' }
const FOREIGN = '210987654321'

const CLIENT = { iam, sts } as const
type AnyCommand = Parameters<iam.IAMClient['send']>[0]

let twinlock: TestTwinlock
before(async () => void (twinlock = await startTwinlock()))
after(() => twinlock[Symbol.asyncDispose]())

/** The operations by what each of them answered to `credentials`. */
async function askEvery(
  credentials: Credentials,
  operations: readonly Operation[] = EVERY,
  sampling: Sampling = OWN,
): Promise<ReadonlyMap<string, Answer>> {
  const clients = { iam: twinlock.iam(credentials), sts: twinlock.sts(credentials) }
  const answers = new Map<string, Answer>()
  for (const { service, name } of operations) {
    const input = minimalInput(service, name, sampling)
    const Command = Reflect.get(CLIENT[service], `${name}Command`) as new (of: object) => AnyCommand
    const client: Pick<iam.IAMClient, 'send'> = clients[service] as iam.IAMClient
    answers.set(`${service}:${name}`, await answerOf(client.send(new Command(input))))
  }
  return answers
}

async function answerOf(sent: Promise<unknown>): Promise<Answer> {
  try {
    await sent
    return undefined
  } catch (error) {
    assert(error instanceof Error)
    return { code: error.name, message: error.message }
  }
}

/** The operations that did not answer with `code`, and what they answered instead. */
const othersThan = (code: string, answers: ReadonlyMap<string, Answer>) =>
  Object.fromEntries(
    [...answers]
      .filter(([, answer]) => answer?.code !== code)
      .map(([operation, answer]) => [operation, answer?.code ?? 'granted']),
  )

/** STS: "No permissions are required to perform this operation", and no policy can deny it. */
const NEED_NO_PERMISSION = { 'sts:GetCallerIdentity': 'granted', 'sts:GetSessionToken': 'granted' }

test('without a permission every operation is denied', async () => {
  const nobody = await newUser(twinlock, 'nobody')
  const answers = await askEvery(nobody)
  assert.deepEqual(othersThan('AccessDenied', answers), NEED_NO_PERMISSION)
  for (const [operation, answer] of answers) {
    if (answer === undefined) continue
    assert.match(answer.message, /^User: \S+:user\/nobody is not authorized to perform:? /)
    assert(answer.message.includes(` ${operation}`), answer.message)
  }
})

test('an explicit deny refuses every operation to an administrator', async () => {
  const denied = await newUser(twinlock, 'denied', allow('*'), deny('*'))
  const answers = await askEvery(denied)
  assert.deepEqual(othersThan('AccessDenied', answers), NEED_NO_PERMISSION)
})

test('a wrong secret key is refused by every operation', async () => {
  const secretAccessKey = 'x'.repeat(40)
  const answers = await askEvery({ ...twinlock.root, secretAccessKey })
  assert.deepEqual(othersThan('SignatureDoesNotMatch', answers), {})
})

test('an access key that is not there is refused by every operation', async () => {
  const accessKeyId = twinlock.root.accessKeyId.replace(/.{4}$/, 'AAAA')
  const answers = await askEvery({ ...twinlock.root, accessKeyId })
  assert.deepEqual(othersThan('InvalidClientTokenId', answers), {})
})

test('a session token that was tampered with is refused by every operation', async () => {
  const user = await newUser(twinlock, 'tampering', allow('*'))
  const session = sessionOf(await twinlock.sts(user).send(new sts.GetSessionTokenCommand()))
  const sessionToken = session.sessionToken.replace(/^..../, 'AAAA')
  const answers = await askEvery({ ...session, sessionToken })
  assert.deepEqual(othersThan('InvalidClientTokenId', answers), {})
})

test('a request without a signature is refused by every operation', async () => {
  for (const { service, name } of EVERY) {
    const { version } = modelOf(service)
    const body = new URLSearchParams({ Action: name, Version: version })
    const answer = await fetch(twinlock.endpoint, { method: 'POST', body })
    assert.equal(answer.status, 403, name)
    assert.match(await answer.text(), /<Code>MissingAuthenticationToken<\/Code>/)
  }
})

test('a session without MFA calls no operation of IAM', async () => {
  const user = await newUser(twinlock, 'without-mfa', allow('*'))
  const session = sessionOf(await twinlock.sts(user).send(new sts.GetSessionTokenCommand()))
  const answers = await askEvery(session)
  const others = othersThan('InvalidClientTokenId', answers)
  assert.deepEqual(
    Object.keys(others).filter(operation => operation.startsWith('iam:')),
    [],
  )
})

test("another account's ARN names nothing, whatever has that name here", async () => {
  const asRoot = twinlock.iam()
  await asRoot.send(new iam.CreateUserCommand({ UserName: 'somebody' }))
  await asRoot.send(new iam.CreateGroupCommand({ GroupName: 'somebody' }))
  await newRole(twinlock, { RoleName: 'somebody', AssumeRolePolicyDocument: policy(trust('*')) })
  await asRoot.send(
    new iam.CreatePolicyCommand({ PolicyName: 'somebody', PolicyDocument: policy(allow('s3:*')) }),
  )
  await enrol(asRoot, twinlock.clock, 'somebody', 'somebody')

  const administrator = await newUser(twinlock, 'administrator', allow('*'))
  const naming = EVERY.filter(({ service, name }) => arnMembers(service, name).length > 0)
  const optional = ['PermissionsBoundary', 'SerialNumber', 'TokenCode']
  const answers = await askEvery(administrator, naming, { account: FOREIGN, optional })
  assert.deepEqual(
    Object.fromEntries([...answers].map(([operation, answer]) => [operation, answer?.message])),
    ABOUT_FOREIGN_ARNS,
  )
  const assumeRole = await askEvery(administrator, [{ service: 'sts', name: 'AssumeRole' }], {
    account: FOREIGN,
  })
  assert.deepEqual([...assumeRole.values()], [{ code: 'AccessDenied', message: NO_SUCH_ROLE }])
})

const NO_SUCH_ROLE = `User: arn:aws:iam::123456789012:user/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${FOREIGN}:role/somebody`
const NO_SUCH_DEVICE = `MFA Device with serial number arn:aws:iam::${FOREIGN}:mfa/somebody does not exist.`
const NO_SECURITY_KEY =
  'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.'
const NO_DEVICE_OF_CALLER =
  'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.'
const NOT_ATTACHABLE = `Policy arn:aws:iam::${FOREIGN}:policy/somebody does not exist or is not attachable.`
const NOT_FOUND = `Policy arn:aws:iam::${FOREIGN}:policy/somebody was not found.`
const NO_BOUNDARY = `Scope ARN: arn:aws:iam::${FOREIGN}:policy/somebody does not exist or is not attachable.`
const NO_ACCESS_TO_SOURCE = `Invalid Policy Source Arn: caller's account 123456789012 does not have access to policies in account ${FOREIGN}.`
const outside = (what: string) => `Cannot ${what} outside your own account.`
const unreadable = (action: string) =>
  `User: arn:aws:iam::123456789012:user/administrator is not authorized to perform: ${action} on resource: policy arn:aws:iam::${FOREIGN}:policy/somebody because no resource-based policy allows the ${action} action`

/** Every operation that takes an ARN of something that must be there, and what it says of one of another account. */
const ABOUT_FOREIGN_ARNS = {
  'iam:AttachGroupPolicy': NOT_ATTACHABLE,
  'iam:AttachRolePolicy': NOT_ATTACHABLE,
  'iam:AttachUserPolicy': NOT_ATTACHABLE,
  'iam:CreatePolicyVersion': outside('create versions for policies'),
  'iam:CreateRole': 'Role with name somebody already exists.',
  'iam:CreateUser': 'User with name somebody already exists.',
  'iam:DeactivateMFADevice': NO_SUCH_DEVICE,
  'iam:DeletePolicy': outside('delete policies'),
  'iam:DeletePolicyVersion': outside('delete policy versions for policies'),
  'iam:DeleteVirtualMFADevice': NO_SUCH_DEVICE,
  'iam:DetachGroupPolicy': NOT_FOUND,
  'iam:DetachRolePolicy': NOT_FOUND,
  'iam:DetachUserPolicy': NOT_FOUND,
  'iam:EnableMFADevice': NO_SUCH_DEVICE,
  'iam:GetContextKeysForPrincipalPolicy': NO_ACCESS_TO_SOURCE,
  'iam:GetMFADevice': NO_SECURITY_KEY,
  'iam:GetPolicy': unreadable('iam:GetPolicy'),
  'iam:GetPolicyVersion': unreadable('iam:GetPolicyVersion'),
  'iam:ListEntitiesForPolicy': unreadable('iam:ListEntitiesForPolicy'),
  'iam:ListMFADeviceTags': NO_SUCH_DEVICE,
  'iam:ListPolicyTags': unreadable('iam:ListPolicyTags'),
  'iam:ListPolicyVersions': unreadable('iam:ListPolicyVersions'),
  'iam:PutRolePermissionsBoundary': NO_BOUNDARY,
  'iam:PutUserPermissionsBoundary': NO_BOUNDARY,
  'iam:ResyncMFADevice': NO_SUCH_DEVICE,
  'iam:SetDefaultPolicyVersion': outside('update policies'),
  'iam:SimulatePrincipalPolicy': NO_ACCESS_TO_SOURCE,
  'iam:TagMFADevice': NO_SUCH_DEVICE,
  'iam:TagPolicy': outside('tag policies'),
  'iam:UntagMFADevice': NO_SUCH_DEVICE,
  'iam:UntagPolicy': outside('untag policies'),
  'sts:AssumeRole': NO_DEVICE_OF_CALLER,
  'sts:GetSessionToken': NO_DEVICE_OF_CALLER,
}
