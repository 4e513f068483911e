import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOfDeviceName } from '../src/mfa/device-name.ts'
import { deviceNameOf, kindOfSerialNumber } from '../src/mfa/mfa-kinds.ts'
import { secondsLeft, stepOf } from '../src/mfa/time-step.ts'

for (const { serialNumber, kind, name } of [
  { serialNumber: 'arn:aws:iam::123456789012:mfa/phone', kind: 'totp', name: 'phone' },
  { serialNumber: 'arn:aws:iam::123456789012:mfa/team/phone', kind: 'totp', name: 'phone' },
  {
    serialNumber: 'arn:aws:iam::123456789012:mfa/root-account-mfa-device',
    kind: 'totp',
    name: 'root-account-mfa-device',
  },
  {
    serialNumber: 'arn:aws:iam::123456789012:u2f/user/alice/my-key-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    kind: 'security-key',
    name: 'my-key',
  },
  // A user of that name has no security key by it.
  { serialNumber: 'arn:aws:iam::123456789012:mfa/u2f/phone', kind: 'totp', name: 'phone' },
  { serialNumber: 'GAHT12345678', kind: 'hardware-token', name: 'GAHT12345678' },
]) {
  test(`${serialNumber} is a device of kind ${kind}, called ${name}`, () => {
    assert.equal(kindOfSerialNumber(serialNumber), kind)
    assert.equal(deviceNameOf(serialNumber), name)
  })
}

test('device names are those that CreateVirtualMFADevice takes', () => {
  for (const name of ['phone', 'a+b=c,d.e@f-g_h', 'x'.repeat(64)]) {
    assert.equal(problemOfDeviceName(name), undefined)
  }
  for (const name of ['', 'my phone', 'a/b', 'télé', 'x'.repeat(65)]) {
    assert.notEqual(problemOfDeviceName(name), undefined, name)
  }
})

test('a code has thirty seconds, and the next step begins when they are over', () => {
  assert.equal(secondsLeft(0), 30)
  assert.equal(secondsLeft(29_999), 1)
  assert.equal(secondsLeft(30_000), 30)
  assert.equal(stepOf(29_999), 0)
  assert.equal(stepOf(30_000), 1)
})
