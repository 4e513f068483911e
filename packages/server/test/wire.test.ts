// What every request meets before and after its operation: the door, the signature, the sessions, the record it leaves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateUserCommand,
  ListUsersCommand,
  CreateAccessKeyCommand,
  UpdateAccessKeyCommand,
  AttachUserPolicyCommand,
  GetUserCommand,
  DeleteAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess'

async function newUser(twinlock: TestTwinlock, UserName: string, PolicyArn = ADMINISTRATOR) {
  const iam = twinlock.iam()
  await iam.send(new CreateUserCommand({ UserName }))
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
}

async function sessionOf(twinlock: TestTwinlock, credentials: Credentials): Promise<Credentials> {
  const answer = await twinlock.sts(credentials).send(new GetSessionTokenCommand({}))
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  }
}

test('GET /healthz answers 200, without a signature', async () => {
  await using twinlock = await startTwinlock()
  const response = await fetch(`${twinlock.endpoint}/healthz`)
  assert.equal(response.status, 200)
})

test('an unsigned request is refused in AWS words, with a request id in header and body', async () => {
  await using twinlock = await startTwinlock()
  const response = await fetch(twinlock.endpoint, {
    method: 'POST',
    body: new URLSearchParams({ Action: 'ListUsers', Version: '2010-05-08' }),
  })
  const body = await response.text()
  assert.equal(response.status, 403)
  assert.match(body, /<Code>MissingAuthenticationToken<\/Code>/)
  assert.match(
    body,
    new RegExp(`<RequestId>${response.headers.get('x-amzn-requestid')}</RequestId>`),
  )
})

test('a body beyond a megabyte is refused, and the server lives on', async () => {
  await using twinlock = await startTwinlock()
  const request = { method: 'POST', body: 'x'.repeat(2 ** 21) }
  const outcome = await fetch(twinlock.endpoint, request).then(
    ({ status }) => status,
    // The server closes the connection while the client still writes.
    (error: Error) => (error.cause as NodeJS.ErrnoException).code,
  )
  assert.ok([413, 'EPIPE', 'ECONNRESET'].includes(outcome ?? ''), String(outcome))
  assert.equal((await fetch(`${twinlock.endpoint}/healthz`)).status, 200)
})

test('an operation that the schema knows and Twinlock does not answers InvalidAction and names itself', async () => {
  await using twinlock = await startTwinlock()
  const { GenerateCredentialReportCommand } = await import('@aws-sdk/client-iam')
  await assert.rejects(twinlock.iam().send(new GenerateCredentialReportCommand({})), {
    name: 'InvalidAction',
    message:
      'Could not find operation GenerateCredentialReport for version 2010-05-08: Twinlock does not offer it.',
  })
})

onEveryEngine('the wire', newDatabase => {
  test('a session without MFA cannot call IAM, and can still say who it is', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const session = await sessionOf(twinlock, await newUser(twinlock, 'ana'))
    await assert.rejects(twinlock.iam(session).send(new ListUsersCommand({})), {
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid',
    })
    const { Arn } = await twinlock.sts(session).send(new GetCallerIdentityCommand({}))
    assert.equal(Arn, `arn:aws:iam::${twinlock.account}:user/ana`)
  })

  test('a session ends at its expiry, and its token with another key is no token', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const session = await sessionOf(twinlock, ana)
    const mixed = { ...ana, sessionToken: session.sessionToken ?? '' }
    await assert.rejects(twinlock.sts(mixed).send(new GetCallerIdentityCommand({})), {
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid',
    })
    twinlock.clock.advance(43_200)
    await assert.rejects(twinlock.sts(session).send(new GetCallerIdentityCommand({})), {
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    })
  })

  test('a key is dead for the next request once it is inactive or deleted', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana')
    const whoAmI = () => twinlock.sts(ana).send(new GetCallerIdentityCommand({}))
    const refused = {
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    }
    await whoAmI()
    const key = { UserName: 'ana', AccessKeyId: ana.accessKeyId }
    await twinlock.iam().send(new UpdateAccessKeyCommand({ ...key, Status: 'Inactive' }))
    await assert.rejects(whoAmI(), refused)
    await twinlock.iam().send(new UpdateAccessKeyCommand({ ...key, Status: 'Active' }))
    await whoAmI()
    await twinlock.iam().send(new DeleteAccessKeyCommand(key))
    await assert.rejects(whoAmI(), refused)
  })

  test('a wrong secret is a wrong signature', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const forged = { ...twinlock.root, secretAccessKey: 'x'.repeat(40) }
    await assert.rejects(twinlock.sts(forged).send(new GetCallerIdentityCommand({})), {
      name: 'SignatureDoesNotMatch',
    })
  })

  test('a request signed a quarter of an hour ago is refused before its key is looked up', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const sts = twinlock.sts({ ...twinlock.root, accessKeyId: 'AKIAQNZGKIQY56JQ7WML' })
    sts.middlewareStack.add(
      next => args => {
        sts.config.systemClockOffset -= 16 * 60_000
        return next(args)
      },
      { step: 'build' },
    )
    await assert.rejects(sts.send(new GetCallerIdentityCommand({})), {
      name: 'SignatureDoesNotMatch',
      message: /^Signature expired: \d{8}T\d{6}Z is now earlier than/,
    })
  })

  test('a denial names the caller, the action, the resource and the reason', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', 'arn:aws:iam::aws:policy/IAMUserChangePassword')
    await assert.rejects(twinlock.iam(ana).send(new GetUserCommand({ UserName: 'ana' })), {
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${twinlock.account}:user/ana is not authorized to perform: iam:GetUser on resource: user ana because no identity-based policy allows the iam:GetUser action`,
    })
  })

  test('a denial is the same whether or not there is such a user', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', 'arn:aws:iam::aws:policy/IAMUserChangePassword')
    const refusalOf = async (UserName: string) => {
      const error: unknown = await twinlock
        .iam(ana)
        .send(new GetUserCommand({ UserName }))
        .catch((thrown: unknown) => thrown)
      assert.ok(error instanceof Error)
      return error.message.replace(UserName, 'NAME')
    }
    assert.equal(await refusalOf('ANA'), await refusalOf('BEN'))
  })
})
