// What every operation tells the policies: the actions, resources and condition keys that the catalogue has for it. An
// operation that is added is looked at too. The lists of exceptions may only shrink.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
} from '@aws-sdk/client-iam'
import { readCatalogue } from '@twinlock/catalogue'
import type { CatalogueAction } from '@twinlock/catalogue'
import type { Input } from '@twinlock/protocol'
import { parseAccountId } from '../src/identifiers/account-id.ts'
import type { Context, House } from '../src/services/context.ts'
import type { Operation, Permission } from '../src/services/operation.ts'
import { OPERATIONS } from '../src/services/operations.ts'
import { assuming } from '../src/services/sts/assume-role.ts'
import { openStore } from '../src/store/every-engine.ts'
import type { Store } from '../src/store/store.ts'
import { minimalInput } from './minimal-input.ts'
import { allow, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const ACCOUNT = parseAccountId('123456789012')
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/somebody`
const catalogue = readCatalogue()

/** Keys of the catalogue's that nothing here has a value for. */
const NEVER_HERE: readonly (readonly [RegExp, reason: string])[] = [
  [/^iam:RoleTemplateARN$/, 'no role is made from a template'],
  [/^iam:(FIDO-|RegisterSecurityKey$)/, 'security keys cannot be registered'],
  [/^(?!aws:|iam:|sts:)/, 'of identity providers, whose users cannot come in'],
]

/** Beside a federated user's tags there are no transitive ones: GetFederationToken cannot set them. */
const NOT_OF_OPERATION: Readonly<Record<string, readonly string[]>> = {
  GetFederationToken: ['sts:TransitiveTagKeys'],
}

/** Given although the catalogue does not list them: the three questions of AssumeRole are asked in one context. */
const BEYOND_CATALOGUE: Readonly<Record<string, readonly string[]>> = {
  'sts:TagSession': ['sts:RoleSessionName', 'sts:ExternalId', 'sts:SourceIdentity'],
  'sts:SetSourceIdentity': [
    'sts:RoleSessionName',
    'sts:ExternalId',
    'sts:TransitiveTagKeys',
    'aws:RequestTag/${TagKey}',
    'aws:TagKeys',
  ],
}

/** What does not exist yet has no tags, and a federated user's name never has. */
const MAKES_THE_RESOURCE = new Set([
  'CreateUser',
  'CreateRole',
  'CreatePolicy',
  'CreateVirtualMFADevice',
  'GetFederationToken',
])

/** Members that a key is made of, where an operation has them. */
const OPTIONAL = [
  'PermissionsBoundary',
  'Tags',
  'TransitiveTagKeys',
  'UserName',
  'ExternalId',
  'SourceIdentity',
]

let folder: string
let store: Store
let context: Context
let accessKeyId: string

/** Everything is called `somebody`, has a tag, and is bounded where it can be. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlock-'))
  const database = join(folder, 'database')
  await using twinlock = await startTwinlock({ database })
  const iam = twinlock.iam()
  const [name, Tags] = ['somebody', [{ Key: 'team', Value: 'red' }]]
  await iam.send(
    new CreatePolicyCommand({ PolicyName: name, PolicyDocument: policy(allow('s3:*')), Tags }),
  )
  const bounded = { PermissionsBoundary: BOUNDARY, Tags }
  const { User } = await iam.send(new CreateUserCommand({ UserName: name, ...bounded }))
  const AssumeRolePolicyDocument = policy(trust('*'))
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument, ...bounded }))
  await iam.send(new CreateGroupCommand({ GroupName: name }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
  accessKeyId = AccessKey?.AccessKeyId ?? ''
  await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name, Tags }))

  store = await openStore(database)
  const caller = {
    kind: 'user',
    account: ACCOUNT,
    accessKeyId,
    session: undefined,
    id: User?.UserId ?? '',
    arn: User?.Arn ?? '',
    userName: name,
    path: '/',
  } as const
  context = {
    account: ACCOUNT,
    caller,
    now: twinlock.clock.now(),
    region: 'us-east-1',
    db: store.db,
    // Naming permissions takes nothing of it.
    house: {} as House,
    request: {
      requestId: '-',
      sourceIp: '192.0.2.1',
      secureTransport: true,
      userAgent: undefined,
      referer: undefined,
    },
  }
})
after(async () => {
  await store[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

type Asked = { readonly operation: string; readonly permission: Permission }

async function everyPermission(): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  for (const service of ['iam', 'sts'] as const) {
    for (const [operation, handler] of Object.entries(OPERATIONS[service])) {
      const input = minimalInput(service, operation, { account: ACCOUNT, optional: OPTIONAL })
      // The table does not know whose input is whose.
      const { permissions } = handler as unknown as Operation<Input, object>
      const named = 'AccessKeyId' in input ? { ...input, AccessKeyId: accessKeyId } : input
      for (const permission of await permissions(named as Input, context)) {
        asked.push({ operation, permission })
      }
    }
  }
  const input = minimalInput('sts', 'AssumeRole', { account: ACCOUNT, optional: OPTIONAL })
  for (const action of ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']) {
    const permission = assuming(input as Parameters<typeof assuming>[0], action)
    asked.push({ operation: 'AssumeRole', permission: { ...permission, resourceTags: [] } })
  }
  return asked
}

function theAction({ permission: { action } }: Asked): CatalogueAction {
  const found = catalogue.findAction(action)
  assert.ok(found, `${action} is not in the catalogue`)
  assert.equal(found.name, action, 'in its documented spelling')
  return found
}

test('every action is one of AWS’s, on a resource of a type that it is documented for', async () => {
  for (const asked of await everyPermission()) {
    const { resource, action } = asked.permission
    const patterns = theAction(asked).resourceTypes.map(({ type }) => type.arnPattern)
    const fits = patterns.length === 0 ? resource === '*' : patterns.some(arnFits(resource))
    assert.ok(fits || action === 'sts:TagSession', `${action} on ${resource}`)
  }
})

const arnFits = (resource: string) => (pattern: string) =>
  new RegExp(
    `^${pattern
      .replaceAll('${Partition}', 'aws')
      .replaceAll('${Account}', ACCOUNT)
      .replaceAll(/\$\{\w+\}/g, '.+')}$`,
  ).test(resource)

test('every condition key that an action has is given, and no other', async () => {
  for (const asked of await everyPermission()) {
    const { operation, permission } = asked
    const { name, conditionKeys, resourceTypes } = theAction(asked)
    const ofResource = resourceTypes.flatMap(({ type }) => type.conditionKeys)
    const listed = [...conditionKeys, ...ofResource].filter(
      key =>
        !NEVER_HERE.some(([pattern]) => pattern.test(key)) &&
        !NOT_OF_OPERATION[operation]?.includes(key) &&
        !(MAKES_THE_RESOURCE.has(operation) && key.includes(':ResourceTag/')),
    )
    const given = new Set([...givenKeys(permission), ...(BEYOND_CATALOGUE[name] ?? [])])
    const expected = new Set([...listed, ...(BEYOND_CATALOGUE[name] ?? [])])
    // One list of tags answers both of these.
    if (expected.has('aws:ResourceTag/${TagKey}')) expected.add('iam:ResourceTag/${TagKey}')
    assert.deepEqual([...given].toSorted(), [...expected].toSorted(), `${operation}, ${name}`)
  }
})

function givenKeys({ keys = {}, requestTags, requestTagKeys, resourceTags }: Permission) {
  return [
    ...Object.keys(keys),
    ...(requestTags ? ['aws:RequestTag/${TagKey}', 'aws:TagKeys'] : []),
    ...(requestTagKeys ? ['aws:TagKeys'] : []),
    ...(resourceTags ? ['aws:ResourceTag/${TagKey}', 'iam:ResourceTag/${TagKey}'] : []),
  ]
}

test('docs/condition-keys.md tells of each key of IAM and STS that is given', async () => {
  const document = await readFile(
    join(import.meta.dirname, '../../../docs/condition-keys.md'),
    'utf8',
  )
  const asked = await everyPermission()
  const given = new Set(asked.flatMap(({ permission }) => Object.keys(permission.keys ?? {})))
  const told = [...document.matchAll(/^\| `((?:iam|sts):\w+)` \| [^|]+ \|$/gm)].map(
    ([, key = '']) => key,
  )
  assert.deepEqual(told.toSorted(), [...given].toSorted())
})

test('a boundary is the request’s where one is set, and else the one that is there', async () => {
  const seen = new Set<string>()
  for (const { permission } of await everyPermission()) {
    const { 'iam:PermissionsBoundary': boundary } = permission.keys ?? {}
    if (boundary === undefined) continue
    assert.equal(boundary, BOUNDARY)
    seen.add(permission.action)
  }
  assert.ok(seen.has('iam:CreateUser') && seen.has('iam:DetachRolePolicy'))
})
