// Passwords of users, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ChangePasswordCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteLoginProfileCommand,
  GetAccountPasswordPolicyCommand,
  GetLoginProfileCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

const FIRST = 'Correct-horse1'
const SECOND = 'Battery-staple2'

const CHANGE_OWN = {
  Effect: 'Allow',
  Action: 'iam:ChangePassword',
  Resource: 'arn:aws:iam::123456789012:user/${aws:username}',
} as const

const violation = (message: string) => ({
  name: 'PasswordPolicyViolationException',
  message,
})
const REUSED = violation(
  'Policy constraint violation with password reuse prevention during password change.',
)

/** User `ana` with the password FIRST, as a client. */
async function ana(twinlock: TestTwinlock, ...statements: Parameters<typeof newUser>[2][]) {
  const key = await newUser(twinlock, 'ana', ...statements)
  await twinlock.iam().send(new CreateLoginProfileCommand({ UserName: 'ana', Password: FIRST }))
  return twinlock.iam(key)
}

const change = (OldPassword: string, NewPassword: string) =>
  new ChangePasswordCommand({ OldPassword, NewPassword })

onEveryEngine('Passwords', newDatabase => {
  describe('login profiles', () => {
    test('a new login profile says whether the password must be changed', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      const UserName = 'ana'
      await iam.send(new CreateUserCommand({ UserName: 'Ana' }))
      const made = await iam.send(new CreateLoginProfileCommand({ UserName, Password: FIRST }))
      assert.deepEqual(made.LoginProfile, {
        UserName: 'Ana',
        CreateDate: twinlock.clock.now(),
        PasswordResetRequired: false,
      })
      await iam.send(new UpdateLoginProfileCommand({ UserName, PasswordResetRequired: true }))
      await iam.send(new UpdateLoginProfileCommand({ UserName, Password: SECOND }))
      const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }))
      assert.equal(LoginProfile?.PasswordResetRequired, true)
    })

    test('a user has one login profile, or none', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      const UserName = 'ana'
      const Password = FIRST
      const missing = {
        name: 'NoSuchEntityException',
        message: 'Login Profile for User ana cannot be found.',
      }
      await iam.send(new CreateUserCommand({ UserName }))
      await assert.rejects(iam.send(new GetLoginProfileCommand({ UserName })), missing)
      await assert.rejects(iam.send(new UpdateLoginProfileCommand({ UserName, Password })), missing)
      await iam.send(new CreateLoginProfileCommand({ UserName, Password }))
      await assert.rejects(iam.send(new CreateLoginProfileCommand({ UserName, Password })), {
        name: 'EntityAlreadyExistsException',
        message: 'Login Profile for user ana already exists.',
      })
      await iam.send(new DeleteLoginProfileCommand({ UserName }))
      await assert.rejects(iam.send(new DeleteLoginProfileCommand({ UserName })), missing)
      await assert.rejects(iam.send(new CreateLoginProfileCommand({ UserName: 'bea', Password })), {
        name: 'NoSuchEntityException',
        message: 'The user with name bea cannot be found.',
      })
    })

    test('a password is required, and so is a user name as root', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      await iam.send(new CreateUserCommand({ UserName: 'ana' }))
      await assert.rejects(iam.send(new CreateLoginProfileCommand({ UserName: 'ana' })), {
        name: 'ValidationError',
        message:
          "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
      })
      await assert.rejects(iam.send(new CreateLoginProfileCommand({ Password: FIRST })), {
        name: 'ValidationError',
        message: 'Must specify userName when calling with non-User credentials',
      })
    })

    test("AWS's default policy holds where the account has none of its own", async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      const UserName = 'ana'
      await iam.send(new CreateUserCommand({ UserName }))
      await assert.rejects(
        iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Short1' })),
        violation('Password should have a minimum length of 8 characters'),
      )
      await assert.rejects(iam.send(new GetLoginProfileCommand({ UserName })), {
        name: 'NoSuchEntityException',
      })
    })

    test("the account's own policy decides instead", async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      const UserName = 'ana'
      await iam.send(
        new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, RequireSymbols: true }),
      )
      await iam.send(new CreateUserCommand({ UserName }))
      await assert.rejects(
        iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Correcthorse1' })),
        violation(
          'Password should have a minimum length of 14 characters, Password should have at least one symbol',
        ),
      )
      const Password = 'lower case, symbol!'
      await iam.send(new CreateLoginProfileCommand({ UserName, Password }))
    })
  })

  describe('ChangePassword', () => {
    test('a user changes its own password, proving that it knows the old one', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      const wrong = { name: 'AccessDenied', message: 'The old password was incorrect.' }
      await assert.rejects(client.send(change('Wrong-horse1', SECOND)), wrong)
      await client.send(change(FIRST, SECOND))
      await assert.rejects(client.send(change(FIRST, 'Third-choice3')), wrong)
      await client.send(change(SECOND, 'Third-choice3'))
    })

    test('wrong old passwords in a row must wait longer and longer, and a right one is taken after the wait', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      for (let guess = 0; guess < 5; guess++) {
        await assert.rejects(client.send(change('Wrong-horse1', SECOND)), { name: 'AccessDenied' })
      }
      await assert.rejects(client.send(change(FIRST, SECOND)), {
        name: 'Throttling',
        message: 'Rate exceeded',
      })
      twinlock.clock.advance(1)
      await assert.rejects(client.send(change('Wrong-horse1', SECOND)), { name: 'AccessDenied' })
      twinlock.clock.advance(1)
      await assert.rejects(client.send(change(FIRST, SECOND)), { name: 'Throttling' })
      twinlock.clock.advance(1)
      await client.send(change(FIRST, SECOND))
    })

    test('changing the password ends the need to change it', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      const iam = twinlock.iam()
      const UserName = 'ana'
      await iam.send(new UpdateLoginProfileCommand({ UserName, PasswordResetRequired: true }))
      await client.send(change(FIRST, SECOND))
      const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }))
      assert.equal(LoginProfile?.PasswordResetRequired, false)
    })

    test('without a password there is none to change', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = twinlock.iam(await newUser(twinlock, 'ana', CHANGE_OWN))
      await assert.rejects(client.send(change(FIRST, SECOND)), {
        name: 'NoSuchEntityException',
        message: 'Login Profile for User ana cannot be found.',
      })
    })

    test('root has no password that ChangePassword changes', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      await assert.rejects(twinlock.iam().send(change(FIRST, SECOND)), {
        name: 'InvalidUserTypeException',
        message: 'Only IAM Users can change their own password.',
      })
    })

    test("a role's session has no password either", async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const admin = await newUser(twinlock, 'admin', allow('sts:AssumeRole'))
      const RoleName = 'keeper'
      const AssumeRolePolicyDocument = policy(trust('arn:aws:iam::123456789012:root'))
      const role = await newRole(twinlock, { RoleName, AssumeRolePolicyDocument }, allow('iam:*'))
      const RoleSessionName = 'test'
      const answer = await twinlock
        .sts(admin)
        .send(new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName }))
      await assert.rejects(twinlock.iam(sessionOf(answer)).send(change(FIRST, SECOND)), {
        name: 'InvalidUserTypeException',
      })
    })

    test('the new password follows the policy, and the old one stays when it does not', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      await assert.rejects(client.send(change(FIRST, 'short')), {
        name: 'PasswordPolicyViolationException',
      })
      await client.send(change(FIRST, SECOND))
    })

    test('PasswordReusePrevention keeps the last passwords from coming back, and no more than it says', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      const third = 'Third-choice3'
      await client.send(change(FIRST, FIRST))
      const policy = { MinimumPasswordLength: 8, PasswordReusePrevention: 2 }
      await twinlock.iam().send(new UpdateAccountPasswordPolicyCommand(policy))

      await assert.rejects(client.send(change(FIRST, FIRST)), REUSED)
      twinlock.clock.advance(1)
      await client.send(change(FIRST, SECOND))
      twinlock.clock.advance(1)
      await assert.rejects(client.send(change(SECOND, FIRST)), REUSED)
      await client.send(change(SECOND, third))
      twinlock.clock.advance(1)
      await assert.rejects(client.send(change(third, SECOND)), REUSED)
      await client.send(change(third, FIRST))
    })

    test('while the hashes of a change are computed, other changes to the account do not wait', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      const password = (number: number) => `Correct-horse${number}`
      for (let number = 1; number < 24; number++) {
        twinlock.clock.advance(1)
        await client.send(change(password(number), password(number + 1)))
      }
      const policy = { MinimumPasswordLength: 8, PasswordReusePrevention: 24 }
      await twinlock.iam().send(new UpdateAccountPasswordPolicyCommand(policy))
      const answered: string[] = []
      const changing = client
        .send(change(password(24), 'Another-one1'))
        .then(() => answered.push('ChangePassword'))
      await twinlock.iam().send(new CreateUserCommand({ UserName: 'ben' }))
      answered.push('CreateUser')
      await changing
      assert.deepEqual(answered, ['CreateUser', 'ChangePassword'])
    })

    test('of two changes of one password at once, the second finds that the old one is another by now', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      const outcomes = await Promise.allSettled([
        client.send(change(FIRST, SECOND)),
        client.send(change(FIRST, 'Third-choice3')),
      ])
      const refusals = outcomes.flatMap(outcome =>
        outcome.status === 'rejected' ? [String(outcome.reason)] : [],
      )
      assert.deepEqual(refusals, ['AccessDenied: The old password was incorrect.'])
    })

    test('of guesses at once at the old password, only the free ones are answered', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, CHANGE_OWN)
      const outcomes = await Promise.allSettled(
        Array.from({ length: 12 }, () => client.send(change('Wrong-horse1', SECOND))),
      )
      const told = outcomes.flatMap(outcome =>
        outcome.status === 'rejected' ? [String(outcome.reason)] : [],
      )
      assert.equal(told.length, 12)
      assert.equal(told.filter(reason => reason.startsWith('AccessDenied')).length, 5)
      assert.equal(told.filter(reason => reason.startsWith('Throttling')).length, 7)
    })

    test('a deleted login profile does not bring an old password back', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      await ana(twinlock)
      const iam = twinlock.iam()
      const UserName = 'ana'
      const policy = { MinimumPasswordLength: 8, PasswordReusePrevention: 24 }
      await iam.send(new UpdateAccountPasswordPolicyCommand(policy))
      await iam.send(new DeleteLoginProfileCommand({ UserName }))
      await assert.rejects(
        iam.send(new CreateLoginProfileCommand({ UserName, Password: FIRST })),
        REUSED,
      )
      await iam.send(new CreateLoginProfileCommand({ UserName, Password: SECOND }))
    })

    test('without permission it is denied, and AllowUsersToChangePassword is permission', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock)
      await assert.rejects(client.send(change(FIRST, SECOND)), {
        name: 'AccessDenied',
        message:
          'User: arn:aws:iam::123456789012:user/ana is not authorized to perform: iam:ChangePassword on resource: user ana because no identity-based policy allows the iam:ChangePassword action',
      })
      const policy = { AllowUsersToChangePassword: true }
      await twinlock.iam().send(new UpdateAccountPasswordPolicyCommand(policy))
      await client.send(change(FIRST, SECOND))
      const { PasswordPolicy } = await client.send(new GetAccountPasswordPolicyCommand({}))
      assert.equal(PasswordPolicy?.AllowUsersToChangePassword, true)
    })

    test('a Deny without MFA wins over AllowUsersToChangePassword', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const client = await ana(twinlock, {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      })
      const policy = { AllowUsersToChangePassword: true }
      await twinlock.iam().send(new UpdateAccountPasswordPolicyCommand(policy))
      await assert.rejects(client.send(change(FIRST, SECOND)), {
        name: 'AccessDenied',
        message:
          'User: arn:aws:iam::123456789012:user/ana is not authorized to perform: iam:ChangePassword on resource: user ana with an explicit deny in an identity-based policy',
      })
    })
  })
})
