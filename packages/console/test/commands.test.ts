import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandFacts } from '../src/console/command-line/commands.ts'
import {
  mfaCommands,
  quoted,
  roleProfile,
  setUpCommands,
} from '../src/console/command-line/commands.ts'

const facts: CommandFacts = {
  endpoint: 'https://id.example.com',
  region: 'eu-central-1',
  profile: 'acme',
  serialNumber: 'arn:aws:iam::123456789012:mfa/phone',
  account: '123456789012',
}

test('the profile leads to this endpoint and region', () => {
  const [setUp] = setUpCommands(facts)
  assert.deepEqual(setUp?.text.split('\n'), [
    'aws configure set endpoint_url https://id.example.com --profile acme',
    'aws configure set region eu-central-1 --profile acme',
    'aws configure --profile acme',
  ])
})

test("the person's own device is in the commands with MFA", () => {
  const texts = mfaCommands(facts).map(({ text }) => text)
  assert.equal(texts.length, 2)
  for (const text of texts) {
    assert.match(text, /--serial-number arn:aws:iam::123456789012:mfa\/phone /)
  }
})

test('without a device with codes there are no commands with MFA', () => {
  assert.deepEqual(mfaCommands({ ...facts, serialNumber: undefined }), [])
})

test("a role's profile is named by the last part of its path, and asks for MFA when there is a device", () => {
  assert.equal(roleProfile(facts, 'team/Deployer').split('\n')[0], '[profile acme-Deployer]')
  assert.match(roleProfile(facts, 'team/Deployer'), /role\/team\/Deployer\n/)
  assert.match(
    roleProfile(facts, 'Deployer'),
    /^mfa_serial = arn:aws:iam::123456789012:mfa\/phone$/m,
  )
  assert.doesNotMatch(roleProfile({ ...facts, serialNumber: undefined }, 'Deployer'), /mfa_serial/)
})

for (const [text, expected] of [
  ['plain', 'plain'],
  [
    'arn:aws:iam::123456789012:mfa/a+b=c,d.e@f-g_h',
    'arn:aws:iam::123456789012:mfa/a+b=c,d.e@f-g_h',
  ],
  ['two words', "'two words'"],
  ['$(touch x)', "'$(touch x)'"],
  ["it's", `'it'\\''s'`],
  ['', "''"],
] as const) {
  test(`${JSON.stringify(text)} is one word to a shell`, () => assert.equal(quoted(text), expected))
}
