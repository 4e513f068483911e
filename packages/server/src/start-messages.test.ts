import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import type { NewAccount } from './first-start.ts'
import { parseAccountId } from './identifiers/account-id.ts'
import { firstStartMessage, servingMessage, startWarnings } from './start-messages.ts'

const LOCAL = 'http://127.0.0.1:6238'
const config = readConfig(['--data', '/srv/data'], {})
const made: NewAccount = {
  accountId: parseAccountId('123456789012'),
  rootPassword: 'dnsfz7rurzJQGA-HNe=-',
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: 'a secret',
}

test('the first start tells where to sign in, the password, and what to back up', () => {
  assert.equal(
    firstStartMessage(config, LOCAL, made),
    `Made account 123456789012 in /srv/data.

  Sign in   http://localhost:6238 as root user root@example.com
  Password  dnsfz7rurzJQGA-HNe=-   shown this once
  Back up   /srv/data/master.key, apart from the database: without it nothing opens

On the command line root is the profile \`root\`:

  export AWS_CONFIG_FILE=/srv/data/aws/config AWS_SHARED_CREDENTIALS_FILE=/srv/data/aws/credentials
  aws --profile root --endpoint-url http://127.0.0.1:6238 sts get-caller-identity
`,
  )
})

test('a password that the operator gave is not repeated, and neither is a secret access key or a database URL', () => {
  const given = readConfig(['--database', 'postgres://u:hidden@db/twinlock'], {})
  const text = firstStartMessage(given, LOCAL, { ...made, rootPassword: undefined })
  assert.match(text, /^Made account 123456789012 in PostgreSQL\.\n/)
  assert.doesNotMatch(text, /Password|a secret|hidden/)
})

test('every start tells its version, and where it answers and signs people in', () => {
  assert.match(
    servingMessage(config, LOCAL, '123456789012'),
    /^Twinlock \d+\.\d+\.\d+ answers for account 123456789012 on http:\/\/127\.0\.0\.1:6238; sign in at http:\/\/localhost:6238$/,
  )
})

const PUBLIC = ['--public-url', 'https://id.example.com']

for (const { endpoint, argv, warnings } of [
  { endpoint: LOCAL, argv: [], warnings: [] },
  { endpoint: 'http://127.8.0.1:1', argv: [], warnings: [] },
  { endpoint: 'http://[::1]:1', argv: [], warnings: [] },
  { endpoint: 'http://0.0.0.0:1', argv: [], warnings: [/plain HTTP/, /--public-url/] },
  { endpoint: 'http://10.0.0.5:1', argv: PUBLIC, warnings: [/^Warning: 10\.0\.0\.5:1 is .*plain/] },
  { endpoint: 'http://[::]:1', argv: [...PUBLIC, '--trusted-proxies', '10.0.0.2'], warnings: [] },
  {
    endpoint: 'http://10.0.0.5:1',
    argv: ['--trusted-proxies', '10.0.0.2'],
    warnings: [/--public-url/],
  },
]) {
  test(`on ${[endpoint, ...argv].join(' ')} ${warnings.length} warnings are told`, () => {
    const told = startWarnings(readConfig(argv, {}), endpoint)
    assert.equal(told.length, warnings.length)
    for (const [at, warning] of warnings.entries()) assert.match(told[at] ?? '', warning)
  })
}
