import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'

test('without options it is SQLite in ./data on port 6238, judged as AWS judges', () => {
  const { data, host, port, database, totpProfile, region } = readConfig([], {})
  assert.deepEqual(
    { host, port, totpProfile, region },
    { host: '127.0.0.1', port: 6238, totpProfile: 'aws', region: 'us-east-1' },
  )
  assert.equal(database, join(data, 'twinlock.sqlite'))
})

test('the command line wins over the environment, and the environment over the default', () => {
  const env = { TWINLOCK_LISTEN: '0.0.0.0:80', TWINLOCK_ACCOUNT_ID: '111111111111' }
  assert.equal(readConfig([], env).port, 80)
  assert.equal(readConfig(['--listen', '[::1]:81'], env).host, '::1')
  assert.equal(readConfig(['--listen', '[::1]:81'], env).accountId, '111111111111')
})

test('an empty variable is an absent one', () => {
  assert.equal(readConfig([], { TWINLOCK_LISTEN: '' }).port, 6238)
})

for (const { variable, says } of [
  {
    variable: 'TWINLOCK_PUBLC_URL',
    says: 'TWINLOCK_PUBLC_URL is no option; is TWINLOCK_PUBLIC_URL meant?',
  },
  {
    variable: 'TWINLOCK_ROOT_MFA_GRACE_DAY',
    says: 'TWINLOCK_ROOT_MFA_GRACE_DAY is no option; is TWINLOCK_ROOT_MFA_GRACE_DAYS meant?',
  },
  { variable: 'TWINLOCK_PORT', says: 'TWINLOCK_PORT is no option.' },
  { variable: 'TWINLOCK_COLOR', says: 'TWINLOCK_COLOR is no option.' },
]) {
  test(`${variable} in the environment stops the start, and its value is not repeated`, () => {
    assert.throws(() => readConfig([], { [variable]: 'secret' }), {
      name: 'ConfigError',
      message: says,
    })
  })
}

test('variables of others that begin with our name are left alone', () => {
  const others = {
    TWINLOCK_AUTHENTICATOR_KEY_FILE: '/key',
    TWINLOCK_DEBUG: '1',
    TWINLOCK_COLOR: '',
    TWINLOCK_SERVICE_HOST: '10.0.0.1',
    TWINLOCK_SERVICE_PORT_HTTPS: '443',
    TWINLOCK_PORT: 'tcp://10.0.0.1:443',
    TWINLOCK_PORT_443_TCP_ADDR: '10.0.0.1',
    TWINLOCKED: 'yes',
  }
  assert.equal(readConfig([], others).port, 6238)
})

const WRONG = [
  { argv: ['--listen', 'localhost'], says: /^--listen wants HOST:PORT/ },
  { argv: ['--listen', 'localhost:70000'], says: /^--listen wants HOST:PORT/ },
  { argv: ['--database', 'mysql://u:secret@h/db'], says: /^--database wants a URL/ },
  { argv: ['--account-id', '12345'], says: /^--account-id wants twelve digits/ },
  { argv: ['--root-email', 'nobody'], says: /^--root-email wants an e-mail address/ },
  { argv: ['--region', 'Mars'], says: /^--region wants the name of an AWS region/ },
  { argv: ['--totp-profile', 'lax'], says: /^--totp-profile wants aws or strict/ },
  { argv: ['--trusted-proxies', '10.0.0.0/33'], says: /^--trusted-proxies wants .*not 10/ },
  { argv: ['--trusted-proxies', '10.0.0.1,'], says: /^--trusted-proxies wants .*not nothing/ },
  { argv: ['--trusted-proxies', '0.0.0.0/0'], says: /^--trusted-proxies wants/ },
  { argv: ['--forwarded-header', 'x-real-ip'], says: /^--forwarded-header wants x-forwarded-for/ },
  {
    argv: ['--encoded-authorization-messages', 'on'],
    says: /^--encoded-authorization-messages wants header or text or off, not on/,
  },
  { argv: ['--root-password-file', '/nowhere'], says: /cannot be read/ },
  { argv: ['--color', 'blue'], says: /Unknown option '--color'/ },
  { argv: ['--root-mfa-grace-days', '-1'], says: /^Option '--root-mfa-grace-days.*ambiguous\.$/ },
  { argv: ['extra'], says: /Unexpected argument 'extra'/ },
]

for (const { argv, says } of WRONG) {
  test(`${argv.join(' ')} stops the start with one sentence`, () => {
    assert.throws(
      () => readConfig(argv, {}),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, says)
        assert.doesNotMatch(error.message, /\n|secret/)
        return true
      },
    )
  })
}

test('no proxy is trusted until it is named', () => {
  assert.equal(readConfig([], {}).trustedProxies.has('127.0.0.1'), false)
  const { trustedProxies } = readConfig(['--forwarded-header', 'Forwarded'], {
    TWINLOCK_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1',
  })
  assert.equal(trustedProxies.header, 'forwarded')
  assert.deepEqual(['10.9.9.9', '2001:db8::1', '11.0.0.1', '2001:db8::2'].map(trustedProxies.has), [
    true,
    true,
    false,
    false,
  ])
})

test("root's password is the file's line, and one that nobody could sign in with is refused", () => {
  const file = join(mkdtempSync(join(tmpdir(), 'twinlock-')), 'password')
  writeFileSync(file, 'correct horse\n')
  assert.equal(readConfig(['--root-password-file', file], {}).rootPassword, 'correct horse')
  writeFileSync(file, 'short\n')
  assert.throws(() => readConfig(['--root-password-file', file], {}), /8 to 128 characters/)
  writeFileSync(file, 'x'.repeat(129))
  assert.throws(() => readConfig(['--root-password-file', file], {}), /8 to 128 characters/)
})
