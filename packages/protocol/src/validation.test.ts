// ValidationError in AWS's words. Texts that were recorded from AWS are marked so.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AwsError } from './errors.ts'
import { modelOf, type Shape } from './model/model.ts'
import type { Input } from './query/decode.ts'
import { validateInput } from './validation.ts'

function operation(service: 'iam' | 'sts', name: string) {
  const found = modelOf(service).findOperation(name)
  assert(found !== undefined)
  return found
}

function validate(service: 'iam' | 'sts', name: string, input: Input): void {
  validateInput(operation(service, name), input)
}

const ROLE = { RoleArn: 'arn:aws:iam::123456789012:role/x', RoleSessionName: 'dev' }
const OTP = 'c'.repeat(44)
const USER = { UserName: 'dev' }
const LONG_TAGS = Array.from({ length: 51 }, (_, i) => ({ Key: `${i}`, Value: '' }))

const CASES: readonly {
  readonly rule: string
  readonly service: 'iam' | 'sts'
  readonly name: string
  readonly input: Input
  readonly message: string
}[] = [
  {
    rule: 'a maximum length, without the value in IAM (recorded)',
    service: 'iam',
    name: 'CreateVirtualMFADevice',
    input: { VirtualMFADeviceName: 'phone', Path: `/${'a'.repeat(511)}/` },
    message:
      "1 validation error detected: Value at 'path' failed to satisfy constraint: Member must have length less than or equal to 512",
  },
  {
    rule: 'a minimum length, with the value in STS (recorded)',
    service: 'sts',
    name: 'GetSessionToken',
    input: { TokenCode: '12345' },
    message:
      "1 validation error detected: Value '12345' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6",
  },
  {
    rule: 'two rules of one member (recorded)',
    service: 'sts',
    name: 'GetSessionToken',
    input: { TokenCode: OTP },
    message:
      `2 validation errors detected: Value '${OTP}' at 'tokenCode' failed to satisfy constraint: Member must have length less than or equal to 6; ` +
      `Value '${OTP}' at 'tokenCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\d]*`,
  },
  {
    rule: 'a pattern (recorded)',
    service: 'sts',
    name: 'AssumeRole',
    input: { ...ROLE, RoleSessionName: 'Session1:2' },
    message:
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  },
  {
    rule: 'a range (recorded)',
    service: 'sts',
    name: 'AssumeRole',
    input: { ...ROLE, DurationSeconds: 86_400 },
    message:
      "1 validation error detected: Value '86400' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
  },
  {
    rule: 'a range from below (recorded)',
    service: 'sts',
    name: 'AssumeRole',
    input: { ...ROLE, DurationSeconds: 899 },
    message:
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  },
  {
    rule: 'required members, in the order of the model',
    service: 'iam',
    name: 'EnableMFADevice',
    input: {},
    message:
      "4 validation errors detected: Value at 'userName' failed to satisfy constraint: Member must not be null; " +
      "Value at 'serialNumber' failed to satisfy constraint: Member must not be null; " +
      "Value at 'authenticationCode1' failed to satisfy constraint: Member must not be null; " +
      "Value at 'authenticationCode2' failed to satisfy constraint: Member must not be null",
  },
  {
    rule: 'a required member in STS',
    service: 'sts',
    name: 'AssumeRole',
    input: { RoleSessionName: 'dev' },
    message:
      "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
  },
  {
    rule: 'members of a list’s structures, by number',
    service: 'iam',
    name: 'TagUser',
    input: {
      ...USER,
      Tags: [
        { Key: 'a', Value: '' },
        { Key: 'a'.repeat(129), Value: '' },
      ],
    },
    message:
      "1 validation error detected: Value at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 128",
  },
  {
    rule: 'the length of a list',
    service: 'iam',
    name: 'TagUser',
    input: { ...USER, Tags: LONG_TAGS },
    message:
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
  },
  {
    rule: 'a list of scalars, by all the rules of its elements',
    service: 'iam',
    name: 'CreateOpenIDConnectProvider',
    input: {
      Url: 'https://example.org',
      ThumbprintList: ['a'.repeat(40), 'a'],
      ClientIDList: [''],
    },
    message:
      "2 validation errors detected: Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: " +
      '[Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; ' +
      "Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: " +
      '[Member must have length less than or equal to 40, Member must have length greater than or equal to 40]',
  },
  {
    rule: 'a list of scalars with its values in STS',
    service: 'sts',
    name: 'AssumeRole',
    input: { ...ROLE, TransitiveTagKeys: ['team', '*'] },
    message:
      "1 validation error detected: Value '[team, *]' at 'transitiveTagKeys' failed to satisfy constraint: Member must satisfy constraint: " +
      '[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, ' +
      'Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+]',
  },
  {
    rule: 'a list of scalars that names null too (recorded for TagKeys)',
    service: 'iam',
    name: 'UntagRole',
    input: { RoleName: 'dev', TagKeys: ['a'.repeat(129)] },
    message:
      "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: " +
      '[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, ' +
      'Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]',
  },
  {
    rule: 'an element that a gap left out (recorded)',
    service: 'iam',
    name: 'GetContextKeysForCustomPolicy',
    input: { PolicyInputList: [undefined, '{}'] },
    message:
      "1 validation error detected: Value at 'policyInputList' failed to satisfy constraint: Member must satisfy constraint: " +
      '[Member must have length less than or equal to 131072, Member must have length greater than or equal to 1, ' +
      'Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]+]',
  },
  {
    rule: 'a gap as null in STS',
    service: 'sts',
    name: 'AssumeRole',
    input: { ...ROLE, TransitiveTagKeys: [undefined, 'team'] },
    message:
      "1 validation error detected: Value '[null, team]' at 'transitiveTagKeys' failed to satisfy constraint: Member must satisfy constraint: " +
      '[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, ' +
      'Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+]',
  },
  {
    rule: 'an element without rules that a gap left out',
    service: 'iam',
    name: 'SimulateCustomPolicy',
    input: {
      PolicyInputList: ['{}'],
      ActionNames: ['s3:GetObject'],
      ContextEntries: [{ ContextKeyValues: [undefined, 'a'] }],
    },
    message:
      "1 validation error detected: Value at 'contextEntries.1.member.contextKeyValues' failed to satisfy constraint: " +
      'Member must satisfy constraint: [Member must not be null]',
  },
  {
    rule: 'a structure that a gap left out',
    service: 'iam',
    name: 'TagUser',
    input: { ...USER, Tags: [undefined, { Key: 'a', Value: '' }] },
    message:
      "1 validation error detected: Value at 'tags.1.member' failed to satisfy constraint: Member must not be null",
  },
  {
    rule: 'the characters of a name (recorded)',
    service: 'iam',
    name: 'CreateUser',
    input: { UserName: 'a b' },
    message:
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  },
  {
    rule: 'an ARN where a name is meant (recorded)',
    service: 'iam',
    name: 'AttachRolePolicy',
    input: {
      RoleName: 'arn:aws:iam::123456789012:role/x',
      PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    },
    message:
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  },
  {
    rule: 'the first of two names',
    service: 'iam',
    name: 'PutGroupPolicy',
    input: { GroupName: 'g 1', PolicyName: 'p 1', PolicyDocument: '{}' },
    message:
      'The specified value for groupName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  },
  {
    rule: 'what is broken beside the characters of a name, first',
    service: 'iam',
    name: 'CreateUser',
    input: { UserName: 'é'.repeat(65), PermissionsBoundary: 'arn' },
    message:
      "2 validation errors detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64; " +
      "Value at 'permissionsBoundary' failed to satisfy constraint: Member must have length greater than or equal to 20",
  },
  {
    rule: 'an empty name by its length alone',
    service: 'iam',
    name: 'GetUser',
    input: { UserName: '' },
    message:
      "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1",
  },
  {
    rule: 'the prefix of a path',
    service: 'iam',
    name: 'ListUsers',
    input: { PathPrefix: 'team' },
    message:
      'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  },
  {
    rule: 'figures of the password policy, in AWS’s order (recorded)',
    service: 'iam',
    name: 'UpdateAccountPasswordPolicy',
    input: { MinimumPasswordLength: 129, MaxPasswordAge: 1096, PasswordReusePrevention: 25 },
    message:
      "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; " +
      "Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; " +
      "Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
  },
  {
    rule: 'an enumeration, without its values',
    service: 'iam',
    name: 'ListVirtualMFADevices',
    input: { AssignmentStatus: 'any' },
    message:
      "1 validation error detected: Value at 'assignmentStatus' failed to satisfy constraint: Member must satisfy enum value set",
  },
  {
    rule: 'a member of a structure that is a member',
    service: 'sts',
    name: 'AssumeRoot',
    input: { TargetPrincipal: '123456789012', TaskPolicyArn: { arn: 'short' } },
    message:
      "1 validation error detected: Value 'short' at 'taskPolicyArn.arn' failed to satisfy constraint: Member must have length greater than or equal to 20",
  },
  {
    rule: 'a name of which only the first letter becomes small',
    service: 'sts',
    name: 'AssumeRoleWithSAML',
    input: { ...ROLE, PrincipalArn: ROLE.RoleArn, SAMLAssertion: 'abc' },
    message:
      "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length greater than or equal to 4",
  },
]

for (const { rule, service, name, input, message } of CASES) {
  test(`${name}: ${rule}`, () => {
    assert.throws(() => validate(service, name, input), { code: 'ValidationError', message })
  })
}

test('a sensitive value is in no message, though STS shows values', () => {
  const secret = 'eyJ'
  assert.throws(
    () => validate('sts', 'AssumeRoleWithWebIdentity', { ...ROLE, WebIdentityToken: secret }),
    ({ message }: Error) =>
      message.includes("Value at 'webIdentityToken'") && !message.includes(secret),
  )
})

test('a pattern must match the whole text, with ASCII letters and digits only', () => {
  for (const UserName of ['a b', ' a', 'a\n', 'é', '٣', '']) {
    assert.throws(
      () => validate('iam', 'CreateUser', { UserName }),
      { code: 'ValidationError' },
      UserName,
    )
  }
  validate('iam', 'CreateUser', { UserName: 'Dev_1+=,.@-' })
})

test('letters of tags are letters of any script', () => {
  validate('iam', 'TagUser', { ...USER, Tags: [{ Key: 'équipe 東京', Value: 'α_.:/=+-@' }] })
})

test('a length is counted in UTF-16 code units', () => {
  const Key = '𝒜'.repeat(64)
  validate('iam', 'TagUser', { ...USER, Tags: [{ Key, Value: '' }] })
  assert.throws(
    () => validate('iam', 'TagUser', { ...USER, Tags: [{ Key: `${Key}a`, Value: '' }] }),
    {
      code: 'ValidationError',
    },
  )
})

test('the pattern of ARNs in STS is read as Java reads it: beyond U+FFFF nothing matches', () => {
  const arnOf = (name: string) => ({ ...ROLE, RoleArn: `arn:aws:iam::123456789012:role/${name}` })
  for (const name of ['x', 'é', '東京', '\u0085']) validate('sts', 'AssumeRole', arnOf(name))
  for (const name of ['\u0001', '\u{1f511}']) {
    assert.throws(() => validate('sts', 'AssumeRole', arnOf(name)), { code: 'ValidationError' })
  }
})

test('an absent optional member and an empty optional list are fine', () => {
  validate('iam', 'CreateUser', { UserName: 'dev', Tags: [] })
  validate('iam', 'GetAccountSummary', {})
})

test('every pattern of the models compiles and reads half a megabyte to its end', () => {
  const long = 'a/'.repeat(2 ** 18)
  const refused = new Set<string>()
  for (const service of ['iam', 'sts'] as const) {
    for (const name of modelOf(service).operationNames) {
      const members = operation(service, name).input?.members ?? []
      const input = Object.fromEntries(
        members.map(member => [member.name, filled(member.shape, long)]),
      )
      try {
        validate(service, name, input)
      } catch (error) {
        assert.ok(error instanceof AwsError, `${name}: ${String(error)}`)
        refused.add(name)
      }
    }
  }
  assert.ok(refused.size > 150)
})

/** A value of the shape with `text` in every place that takes text. */
function filled(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'string':
      return text
    case 'integer':
      return 2 ** 31 - 1
    case 'boolean':
      return true
    case 'list':
      return [filled(shape.member, text)]
    case 'structure':
      return Object.fromEntries(
        shape.members.map(({ name, shape: of }) => [name, filled(of, text)]),
      )
    case 'blob':
    case 'map':
    case 'document':
    case 'timestamp':
      return undefined
    default:
      return shape satisfies never
  }
}

test('a path of megabytes is refused like any other bad path', () => {
  for (const exponent of [18, 22]) {
    assert.throws(() => validate('iam', 'CreatePolicy', { Path: '/a'.repeat(2 ** exponent) }), {
      code: 'ValidationError',
      message:
        /at 'path' failed to satisfy constraint: Member must satisfy regular expression pattern/,
    })
  }
})

test('a list of ten thousand bad elements makes no message of ten thousand parts', () => {
  const ContextEntries = Array.from({ length: 10_000 }, () => ({ ContextKeyName: '' }))
  const simulated = { PolicyInputList: ['{}'], ActionNames: ['s3:GetObject'] }
  assert.throws(
    () => validate('iam', 'SimulateCustomPolicy', { ...simulated, ContextEntries }),
    ({ message }: Error) =>
      message.length < 20_000 && message.startsWith('100 validation errors detected: '),
  )
})

test('the number in the message is the number of its parts', () => {
  const input = fc.record(
    { UserName: fc.string(), Path: fc.string(), PermissionsBoundary: fc.string({ maxLength: 30 }) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(input, sent => {
      try {
        validate('iam', 'CreateUser', sent)
      } catch (error) {
        assert(error instanceof AwsError)
        if (error.message.startsWith('The specified value for userName is invalid. ')) return
        const [, number, noun] = /^(\d+) validation (errors?) detected: /.exec(error.message) ?? []
        assert.equal(
          Number(number),
          error.message.split(' failed to satisfy constraint: ').length - 1,
        )
        assert.equal(noun, number === '1' ? 'error' : 'errors')
      }
    }),
  )
})
