// The catalogue of the tree, by facts of AWS's Service Authorization Reference that do not change.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCatalogue } from './index.ts'

const catalogue = readCatalogue()

test('the catalogue is read once', () => {
  assert.equal(readCatalogue(), catalogue)
})

test('services and actions are listed as AWS writes them', () => {
  assert.ok(catalogue.services.length > 400)
  assert.ok(catalogue.services.includes('iam'))
  assert.ok(catalogue.actionsOf('iam').includes('CreateUser'))
  assert.ok(catalogue.actionsOf('IAM').includes('CreateUser'))
  const count = catalogue.services.flatMap(service => catalogue.actionsOf(service)).length
  assert.ok(count > 20_000, `${count} actions`)
})

test('an action is found in any letter case', () => {
  const action = catalogue.findAction('IAM:enablemfadevice')
  assert.equal(action?.name, 'iam:EnableMFADevice')
  assert.equal(action?.accessLevel, 'Write')
  assert.deepEqual(
    action.resourceTypes.map(({ type, required }) => [type.name, required]),
    [['user', true]],
  )
})

test('a resource type has the pattern of its ARN', () => {
  const user = catalogue.resourceTypesOf('iam').find(({ name }) => name === 'user')
  assert.equal(user?.arnPattern, 'arn:${Partition}:iam::${Account}:user/${UserNameWithPath}')
  assert.ok(user.conditionKeys.includes('aws:ResourceTag/${TagKey}'))
})

test('an optional resource type is told from a required one', () => {
  const types = catalogue.findAction('iam:ListMFADevices')?.resourceTypes
  assert.deepEqual(
    types?.map(({ type, required }) => [type.name, required]),
    [['user', false]],
  )
})

test('an action without a resource has no resource types', () => {
  assert.deepEqual(catalogue.findAction('iam:ListUsers')?.resourceTypes, [])
})

test('keys that depend on the resource type are among those of the action', () => {
  const keys = catalogue.findAction('ec2:RunInstances')?.conditionKeys
  assert.ok(keys?.includes('ec2:InstanceType'))
})

for (const [key, name, type] of [
  ['aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthPresent', 'Bool'],
  ['AWS:multifactorauthage', 'aws:MultiFactorAuthAge', 'Numeric'],
  ['aws:SourceIp', 'aws:SourceIp', 'IPAddress'],
  ['aws:TagKeys', 'aws:TagKeys', 'ArrayOfString'],
  ['aws:RequestTag/team', 'aws:RequestTag/${TagKey}', 'String'],
  ['aws:PrincipalTag/cost center', 'aws:PrincipalTag/${TagKey}', 'String'],
  ['s3:ExistingObjectTag/kind', 's3:ExistingObjectTag/${key}', 'String'],
  ['kms:EncryptionContext:tenant', 'kms:EncryptionContext:${EncryptionContextKey}', 'String'],
  ['events:Metadata/x/Matcher', 'events:Metadata/${MetadataKey}/Matcher', 'String'],
  ['sts:ExternalId', 'sts:ExternalId', 'String'],
  ['accounts.google.com:aud', 'accounts.google.com:aud', 'String'],
] as const) {
  test(`the condition key ${key} is ${name}, of type ${type}`, () => {
    assert.deepEqual(catalogue.findConditionKey(key), { name, type })
  })
}

test('what nobody documents is not found', () => {
  for (const action of ['iam:Nothing', 'nothing:CreateUser', 'iam', 'iam:CreateUser:x', '', ':']) {
    assert.equal(catalogue.findAction(action), undefined, action)
  }
  for (const key of ['aws:Nothing', 'aws:RequestTag/', 'aws:RequestTag', '', 'constructor']) {
    assert.equal(catalogue.findConditionKey(key), undefined, key)
  }
  for (const service of ['nothing', '', '__proto__', 'constructor']) {
    assert.deepEqual(catalogue.actionsOf(service), [])
    assert.deepEqual(catalogue.resourceTypesOf(service), [])
  }
})

test('whatever the catalogue names, it finds', () => {
  for (const service of catalogue.services) {
    for (const name of catalogue.actionsOf(service)) {
      const action = catalogue.findAction(`${service}:${name}`)
      assert.equal(action?.name, `${service}:${name}`)
      for (const key of action.conditionKeys) {
        assert.equal(catalogue.findConditionKey(key)?.name, key)
      }
    }
  }
})
