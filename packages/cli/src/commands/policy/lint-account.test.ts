// The account of a service that runs, its root user included.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { fromIni } from '@aws-sdk/credential-providers'
import { startService, temporaryHome, twinlock } from '../../../test/twinlock-process.ts'

const home = await temporaryHome()
let service: Awaited<ReturnType<typeof startService>>
let reader: Readonly<Record<string, string>>

before(async () => {
  service = await startService(home.path)
  const { AWS_SHARED_CREDENTIALS_FILE: filepath, AWS_CONFIG_FILE: configFilepath } = service.env
  const iam = new IAMClient({
    region: 'us-east-1',
    endpoint: service.endpoint,
    credentials: fromIni({ profile: 'root', filepath, configFilepath }),
  })
  await iam.send(new CreateUserCommand({ UserName: 'reader' }))
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'reader',
      PolicyName: 'read',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Action: 'iam:GetAccountAuthorizationDetails',
          Resource: '*',
        },
      }),
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }))
  reader = {
    AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
  }
  iam.destroy()
})

after(async () => {
  assert.equal(await service.stop(), 0)
  await home.remove()
})

type Found = { readonly code: string; readonly users: readonly string[] }

const codesIn = (stdout: string) =>
  JSON.parse(stdout).account.map(({ code, users }: Found) => [
    code,
    users.map(arn => arn.replace(/^.*:/, '')),
  ])

for (const given of [
  ['--endpoint', '--profile', 'root'],
  ['--profile', 'root'],
]) {
  test(`the account is asked, and its root user, by ${given.join(' ')}`, async () => {
    const { env } = service
    const ask = ['policy', 'lint', ...given, '--json']
    const { status, stdout, stderr } = await twinlock(home.path, ask, { env })
    assert.equal(status, 1, stderr)
    assert.deepEqual(codesIn(stdout), [
      ['ACC005', ['user/reader']],
      ['ACC006', ['root']],
      ['ACC007', ['root']],
    ])
  })
}

test('who may not ask about root is told that nobody did', async () => {
  const ask = ['policy', 'lint', '--endpoint-url', service.endpoint, '--json']
  const { status, stdout, stderr } = await twinlock(home.path, ask, { env: reader })
  assert.equal(status, 0, stderr)
  assert.deepEqual(codesIn(stdout), [['ACC005', ['user/reader']]])
  assert.match(stderr, /^twinlock: root was not looked at: AccessDenied: .*GetAccountSummary/m)
})
