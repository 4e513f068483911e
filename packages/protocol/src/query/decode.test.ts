// awsQuery inputs: what the SDK sends is what we read, and what can't be read is AWS's MalformedInput.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import fc from 'fast-check'
import { iamClient, stsClient } from '../../test/sdk-clients.ts'
import { modelOf } from '../model/model.ts'
import { operationOf } from '../routing.ts'
import type { WireRequest } from '../wire-request.ts'
import { decodeInput } from './decode.ts'
import { readParameters, type Parameters } from './parameters.ts'

function decode(service: 'iam' | 'sts', parameters: Parameters) {
  return decodeInput(operationOf(modelOf(service), parameters), parameters)
}

/** The input of the one request that `send` makes, as we read it. */
async function received(
  service: 'iam' | 'sts',
  send: (respond: (wire: WireRequest) => never) => unknown,
) {
  const wires: WireRequest[] = []
  const stop = new Error('the request is all that is wanted')
  const respond = (wire: WireRequest) => {
    wires.push(wire)
    throw stop
  }
  await assert.rejects(async () => send(respond), stop)
  const [wire] = wires
  assert(wire !== undefined)
  return decode(service, readParameters(wire))
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const tags = fc.array(fc.record({ Key: text, Value: text }, { noNullPrototype: true }), {
  maxLength: 12,
})

test('CreateRole: strings, an integer and a list of structures arrive as the SDK sent them', async () => {
  const input = fc.record(
    {
      RoleName: text,
      Path: text,
      AssumeRolePolicyDocument: text,
      MaxSessionDuration: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      Tags: tags,
    },
    { noNullPrototype: true },
  )
  await fc.assert(
    fc.asyncProperty(input, async sent => {
      const read = await received('iam', respond =>
        iamClient(respond).send(new iam.CreateRoleCommand(sent)),
      )
      assert.deepEqual(read, sent)
    }),
    { numRuns: 30 },
  )
})

test('UpdateAccountPasswordPolicy: booleans and integers, present or not', async () => {
  const input = fc.record(
    {
      MinimumPasswordLength: fc.integer({ min: 6, max: 128 }),
      RequireSymbols: fc.boolean(),
      HardExpiry: fc.boolean(),
      PasswordReusePrevention: fc.integer({ min: 1, max: 24 }),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  await fc.assert(
    fc.asyncProperty(input, async sent => {
      const read = await received('iam', respond =>
        iamClient(respond).send(new iam.UpdateAccountPasswordPolicyCommand(sent)),
      )
      assert.deepEqual(read, sent)
    }),
    { numRuns: 30 },
  )
})

test('SimulateCustomPolicy: lists of strings, and structures that hold lists', async () => {
  const sent = {
    PolicyInputList: ['{}', ''],
    ActionNames: ['iam:CreateUser', 'sts:AssumeRole'],
    ResourceArns: [],
    ContextEntries: [
      {
        ContextKeyName: 'aws:MultiFactorAuthPresent',
        ContextKeyValues: ['true'],
        ContextKeyType: 'boolean',
      },
      {
        ContextKeyName: 'aws:username',
        ContextKeyValues: ['a', 'b'],
        ContextKeyType: 'stringList',
      },
    ],
  } satisfies iam.SimulateCustomPolicyCommandInput
  const read = await received('iam', respond =>
    iamClient(respond).send(new iam.SimulateCustomPolicyCommand(sent)),
  )
  assert.deepEqual(read, sent)
})

test('AssumeRole: the lower-case member of a policy’s descriptor, and nested lists', async () => {
  const sent = {
    RoleArn: 'arn:aws:iam::123456789012:role/ProductionAdmin-Role',
    RoleSessionName: 'dev',
    PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    TransitiveTagKeys: ['team'],
    Tags: [{ Key: 'team', Value: 'a+b & c' }],
    SerialNumber: 'arn:aws:iam::123456789012:mfa/phone',
    TokenCode: '000123',
  } satisfies sts.AssumeRoleCommandInput
  const read = await received('sts', respond =>
    stsClient(respond).send(new sts.AssumeRoleCommand(sent)),
  )
  assert.deepEqual(read, sent)
})

function parametersOf(action: string, pairs: readonly (readonly [string, string])[]): Parameters {
  return new Map([['Action', action], ['Version', '2010-05-08'], ...pairs])
}

const decodeUser = (...pairs: readonly (readonly [string, string])[]) =>
  decode('iam', parametersOf('CreateUser', pairs))

test('unknown parameters are ignored, whatever their shape', () => {
  const unknown = [
    ['X-Amz-Signature', 'a'],
    ['Colour.member.1.Shade', 'b'],
    ['Tags.member.1.Colour', 'b'],
    ['__proto__.polluted', 'c'],
    ['constructor', 'd'],
    ['a.'.repeat(100_000), 'e'],
  ] as const
  assert.deepEqual(decodeUser(['UserName', 'dev'], ...unknown), { UserName: 'dev', Tags: [{}] })
})

test('a list is empty as its name with an empty value', () => {
  assert.deepEqual(decodeUser(['Tags', '']), { Tags: [] })
})

test('elements come in the order of their numbers, which may begin with zeros', () => {
  const keys = ['3', '01', '002'].map(n => [`Tags.member.${n}.Key`, n] as const)
  assert.deepEqual(decodeUser(...keys), { Tags: [{ Key: '01' }, { Key: '002' }, { Key: '3' }] })
})

function decodeList(numbers: readonly number[]) {
  const pairs = numbers.map(n => [`PolicyInputList.member.${n}`, `${n}`] as const)
  return decode('iam', parametersOf('GetContextKeysForCustomPolicy', pairs)).PolicyInputList
}

test('elements keep their places, and those that are left out are undefined', () => {
  const nine = Array.from({ length: 9 }, () => undefined)
  assert.deepEqual(decodeList([1, 3]), ['1', undefined, '3'])
  assert.deepEqual(decodeList([11]), [undefined, ...nine, '11'])
  assert.deepEqual(decodeList([11, 1]), ['1', ...nine, '11'])
})

// Recorded from AWS.
for (const { numbers, skipped } of [
  { numbers: [12], skipped: 11 },
  { numbers: [33], skipped: 32 },
  { numbers: [1, 12], skipped: 11 },
  { numbers: [22, 1], skipped: 21 },
  { numbers: [1, 22, 43], skipped: 21 },
  { numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21], skipped: 11 },
  { numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 22], skipped: 12 },
]) {
  test(`elements ${numbers.join(', ')} are too far apart`, () => {
    assert.throws(() => decodeList(numbers), {
      code: 'MalformedInput',
      message: `Excessively sparse input would skip ${skipped} list elements`,
    })
  })
}

test('one number, spelled twice, is no list', () => {
  assert.throws(() => decodeUser(['Tags.member.1.Key', 'a'], ['Tags.member.01.Key', 'b']), {
    code: 'MalformedInput',
    message: 'Unexpected list element termination',
  })
})

test('1 is true and 0 is false', () => {
  const pairs = [
    ['RequireSymbols', '1'],
    ['RequireNumbers', '0'],
  ] as const
  assert.deepEqual(decode('iam', parametersOf('UpdateAccountPasswordPolicy', pairs)), {
    RequireSymbols: true,
    RequireNumbers: false,
  })
})

for (const { action, name, value, message } of [
  {
    action: 'ListUsers',
    name: 'MaxItems',
    value: 'ten',
    message: 'ten can not be converted to an Integer',
  },
  {
    action: 'ListUsers',
    name: 'MaxItems',
    value: '',
    message: ' can not be converted to an Integer',
  },
  {
    action: 'ListUsers',
    name: 'MaxItems',
    value: '1.5',
    message: '1.5 can not be converted to an Integer',
  },
  {
    action: 'ListUsers',
    name: 'MaxItems',
    value: '2147483648',
    message: '2147483648 can not be converted to an Integer',
  },
  {
    action: 'UpdateAccountPasswordPolicy',
    name: 'HardExpiry',
    value: 'yes',
    message: 'yes can not be converted to a Boolean',
  },
  {
    action: 'CreateUser',
    name: 'Tags',
    value: 'a',
    message: 'Start of list found where not expected.',
  },
  {
    action: 'CreateUser',
    name: 'Tags.member',
    value: 'a',
    message: 'Unexpected list element termination',
  },
  {
    action: 'CreateUser',
    name: 'Tags.1.Key',
    value: 'a',
    message: 'Unexpected list element termination',
  },
  {
    action: 'CreateUser',
    name: 'Tags.member.0.Key',
    value: 'a',
    message: '0 is not a valid index',
  },
  {
    action: 'CreateUser',
    name: 'Tags.member.-1.Key',
    value: 'a',
    message: "Key -1 may not have a leading '-'",
  },
  ...['+1', 'one', '', '9'.repeat(10), '٣'].map(number => ({
    action: 'GetContextKeysForCustomPolicy',
    name: `PolicyInputList.member.${number}`,
    value: '{}',
    message: 'Start of list found where not expected',
  })),
  ...[' true', 'True', 'FALSE', '', '2', '01', 'null'].map(value => ({
    action: 'UpdateAccountPasswordPolicy',
    name: 'HardExpiry',
    value,
    message: `${value} can not be converted to a Boolean`,
  })),
  {
    action: 'CreateUser',
    name: 'Tags.member.999999999.Key',
    value: 'a',
    message: 'Excessively sparse input would skip 999999998 list elements',
  },
  {
    action: 'CreateUser',
    name: 'Tags.member.1e3.Key',
    value: 'a',
    message: 'Start of list found where not expected',
  },
  {
    action: 'CreateUser',
    name: 'Tags.member.1',
    value: 'a',
    message: 'Start of structure or map found where not expected.',
  },
  {
    action: 'CreateUser',
    name: 'UserName.member.1',
    value: 'a',
    message: 'Unexpected complex element termination',
  },
]) {
  test(`${action} refuses ${name}=${value}`, () => {
    assert.throws(() => decode('iam', parametersOf(action, [[name, value]])), {
      code: 'MalformedInput',
      message,
    })
  })
}
