// The account's alias, password policy and summary, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  AttachUserPolicyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteAccountAliasCommand,
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  ListAccountAliasesCommand,
  SummaryKeyType,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { newUser } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const aliasesOf = async (iam: IAMClient) =>
  (await iam.send(new ListAccountAliasesCommand({}))).AccountAliases

const summaryOf = async (iam: IAMClient) =>
  (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {}

onEveryEngine('The account', newDatabase => {
  describe('its alias', () => {
    test('a new alias replaces the old one', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      assert.deepEqual(await aliasesOf(iam), [])
      await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'first' }))
      await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'second' }))
      assert.deepEqual(await aliasesOf(iam), ['second'])
    })

    test('an alias that is taken is refused, and one that is not ours cannot be deleted', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'ours' }))
      await assert.rejects(iam.send(new CreateAccountAliasCommand({ AccountAlias: 'ours' })), {
        name: 'EntityAlreadyExistsException',
        message: 'The account alias ours already exists.',
      })
      await assert.rejects(iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'theirs' })), {
        name: 'NoSuchEntityException',
        message: 'The account alias theirs cannot be found.',
      })
      await iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'ours' }))
      assert.deepEqual(await aliasesOf(iam), [])
    })

    test('an alias cannot be taken for an account id', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const AccountAlias = '210987654321'
      await assert.rejects(twinlock.iam().send(new CreateAccountAliasCommand({ AccountAlias })), {
        name: 'ValidationError',
      })
    })
  })

  describe('its password policy', () => {
    test('without one there is none to get or delete', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      await assert.rejects(iam.send(new GetAccountPasswordPolicyCommand({})), {
        name: 'NoSuchEntityException',
        message: 'The Password Policy with domain name 123456789012 cannot be found.',
      })
      await assert.rejects(iam.send(new DeleteAccountPasswordPolicyCommand({})), {
        name: 'NoSuchEntityException',
        message: 'The account policy with name PasswordPolicy cannot be found.',
      })
    })

    test('an update replaces the whole policy: what it leaves out goes back to its default', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      const full = {
        MinimumPasswordLength: 20,
        RequireSymbols: true,
        RequireNumbers: true,
        RequireUppercaseCharacters: true,
        RequireLowercaseCharacters: true,
        AllowUsersToChangePassword: true,
        MaxPasswordAge: 90,
        PasswordReusePrevention: 24,
        HardExpiry: true,
      }
      await iam.send(new UpdateAccountPasswordPolicyCommand(full))
      const first = await iam.send(new GetAccountPasswordPolicyCommand({}))
      assert.deepEqual(first.PasswordPolicy, { ...full, ExpirePasswords: true })

      await iam.send(new UpdateAccountPasswordPolicyCommand({ RequireNumbers: true }))
      const second = await iam.send(new GetAccountPasswordPolicyCommand({}))
      assert.deepEqual(second.PasswordPolicy, {
        MinimumPasswordLength: 6,
        RequireSymbols: false,
        RequireNumbers: true,
        RequireUppercaseCharacters: false,
        RequireLowercaseCharacters: false,
        AllowUsersToChangePassword: false,
        ExpirePasswords: false,
      })

      await iam.send(new DeleteAccountPasswordPolicyCommand({}))
      await assert.rejects(iam.send(new GetAccountPasswordPolicyCommand({})), {
        name: 'NoSuchEntityException',
      })
    })

    test('a user without permission may not read it', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const nobody = twinlock.iam(await newUser(twinlock, 'nobody'))
      await assert.rejects(nobody.send(new GetAccountPasswordPolicyCommand({})), {
        name: 'AccessDenied',
        message:
          'User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: iam:GetAccountPasswordPolicy on resource: * because no identity-based policy allows the iam:GetAccountPasswordPolicy action',
      })
    })
  })

  describe('its summary', () => {
    test('a new account has its root user and nothing else', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const summary = await summaryOf(twinlock.iam())
      assert.deepEqual(Object.keys(summary).toSorted(), Object.keys(SummaryKeyType).toSorted())
      assert.deepEqual(summary, {
        AccessKeysPerUserQuota: 2,
        AccountAccessKeysPresent: 1,
        AccountMFAEnabled: 0,
        AccountPasswordPresent: 1,
        AccountSigningCertificatesPresent: 0,
        AssumeRolePolicySizeQuota: 2048,
        AttachedPoliciesPerGroupQuota: 10,
        AttachedPoliciesPerRoleQuota: 10,
        AttachedPoliciesPerUserQuota: 10,
        GlobalEndpointTokenVersion: 1,
        GroupPolicySizeQuota: 5120,
        Groups: 0,
        GroupsPerUserQuota: 10,
        GroupsQuota: 300,
        InstanceProfiles: 0,
        InstanceProfilesQuota: 1000,
        MFADevices: 0,
        MFADevicesInUse: 0,
        Policies: 0,
        PoliciesQuota: 1500,
        PolicySizeQuota: 6144,
        PolicyVersionsInUse: 0,
        PolicyVersionsInUseQuota: 10_000,
        Providers: 0,
        RolePolicySizeQuota: 10_240,
        Roles: 0,
        RolesQuota: 1000,
        ServerCertificates: 0,
        ServerCertificatesQuota: 20,
        SigningCertificatesPerUserQuota: 2,
        UserPolicySizeQuota: 2048,
        Users: 0,
        UsersQuota: 5000,
        VersionsPerPolicyQuota: 5,
      })
    })

    test('each thing that is made is counted, and a policy is in use once it is attached or a boundary', async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const iam = twinlock.iam()
      const UserName = 'ana'
      const PolicyDocument =
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
      const AssumeRolePolicyDocument =
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'
      const { Policy } = await iam.send(
        new CreatePolicyCommand({ PolicyName: 'all', PolicyDocument }),
      )
      await iam.send(new CreateUserCommand({ UserName, PermissionsBoundary: Policy?.Arn }))
      await iam.send(new CreateGroupCommand({ GroupName: 'team' }))
      await iam.send(new CreateRoleCommand({ RoleName: 'runner', AssumeRolePolicyDocument }))
      await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }))
      const counts = async () => {
        const { Users, Groups, Roles, Policies, PolicyVersionsInUse, MFADevices, MFADevicesInUse } =
          await summaryOf(iam)
        return { Users, Groups, Roles, Policies, PolicyVersionsInUse, MFADevices, MFADevicesInUse }
      }
      const made = {
        Users: 1,
        Groups: 1,
        Roles: 1,
        Policies: 1,
        PolicyVersionsInUse: 1,
        MFADevices: 1,
        MFADevicesInUse: 0,
      }
      assert.deepEqual(await counts(), made)

      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }))
      assert.deepEqual(await counts(), made)
      const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
      assert.deepEqual(await counts(), { ...made, PolicyVersionsInUse: 2 })
    })

    test("root's last access key leaves a zero behind", async () => {
      await using twinlock = await startTwinlock({ database: await newDatabase() })
      const admin = twinlock.iam(
        await newUser(twinlock, 'admin', { Effect: 'Allow', Action: 'iam:*', Resource: '*' }),
      )
      const AccessKeyId = twinlock.root.accessKeyId
      await twinlock.iam().send(new DeleteAccessKeyCommand({ AccessKeyId }))
      assert.equal((await summaryOf(admin)).AccountAccessKeysPresent, 0)
    })
  })
})
