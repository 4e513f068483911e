// Lists of what no account has, as Terraform asks for them before it deletes a role or a user.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  ListInstanceProfilesCommand,
  ListInstanceProfilesForRoleCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  ListSSHPublicKeysCommand,
  ListServerCertificatesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

type Answer = { readonly $metadata: { readonly httpStatusCode?: number | undefined } }

function bare({ $metadata, ...members }: Answer) {
  assert.equal($metadata.httpStatusCode, 200)
  return members
}

onEveryEngine('What no account has', newDatabase => {
  test('Terraform’s order deletes a role: its instance profiles are none', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const RoleName = 'App'
    const AssumeRolePolicyDocument = policy(trust('123456789012'))
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const profiles = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'aPP' }))
    assert.deepEqual(bare(profiles), { InstanceProfiles: [], IsTruncated: false })
    await iam.send(new DeleteRoleCommand({ RoleName }))
    await assert.rejects(iam.send(new ListInstanceProfilesForRoleCommand({ RoleName })), {
      name: 'NoSuchEntityException',
      message: 'The role with name App cannot be found.',
    })
  })

  test('a user has none of the credentials that are made elsewhere, nor has root', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('iam:List*'))
    for (const iam of [twinlock.iam(), twinlock.iam(ana)]) {
      for (const input of [{}, { UserName: 'ANA' }]) {
        assert.deepEqual(bare(await iam.send(new ListSSHPublicKeysCommand(input))), {
          SSHPublicKeys: [],
          IsTruncated: false,
        })
        assert.deepEqual(bare(await iam.send(new ListSigningCertificatesCommand(input))), {
          Certificates: [],
          IsTruncated: false,
        })
        assert.deepEqual(bare(await iam.send(new ListServiceSpecificCredentialsCommand(input))), {
          ServiceSpecificCredentials: [],
          IsTruncated: false,
        })
      }
    }
    const UserName = 'nobody'
    const noSuchUser = {
      name: 'NoSuchEntityException',
      message: 'The user with name nobody cannot be found.',
    }
    const iam = twinlock.iam()
    await assert.rejects(iam.send(new ListSSHPublicKeysCommand({ UserName })), noSuchUser)
    await assert.rejects(iam.send(new ListSigningCertificatesCommand({ UserName })), noSuchUser)
    await assert.rejects(
      iam.send(new ListServiceSpecificCredentialsCommand({ UserName })),
      noSuchUser,
    )
  })

  test('the account has no instance profiles, server certificates or identity providers', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    assert.deepEqual(bare(await iam.send(new ListInstanceProfilesCommand({}))), {
      InstanceProfiles: [],
      IsTruncated: false,
    })
    assert.deepEqual(bare(await iam.send(new ListServerCertificatesCommand({}))), {
      ServerCertificateMetadataList: [],
      IsTruncated: false,
    })
    const { SAMLProviderList } = await iam.send(new ListSAMLProvidersCommand({}))
    assert.deepEqual(SAMLProviderList, [])
    const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}))
    assert.deepEqual(OpenIDConnectProviderList, [])
  })

  test('each is asked for on the thing that it is of, and refused in AWS’s words', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newRole(twinlock, {
      RoleName: 'App',
      Path: '/web/',
      AssumeRolePolicyDocument: policy(trust('123456789012')),
    })
    const arns = ['arn:aws:iam::123456789012:user/ana', 'arn:aws:iam::123456789012:role/web/App']
    const narrow = await newUser(twinlock, 'ana', allow('iam:List*', { Resource: arns }))
    const iam = twinlock.iam(narrow)
    await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'App' }))
    await iam.send(new ListSSHPublicKeysCommand({}))

    await newUser(twinlock, 'ben')
    const denied = (action: string, resource: string) => ({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::123456789012:user/ana is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    })
    for (const [send, refusal] of [
      [
        () => iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'Other' })),
        denied('iam:ListInstanceProfilesForRole', 'role Other'),
      ],
      [
        () => iam.send(new ListSSHPublicKeysCommand({ UserName: 'ben' })),
        denied('iam:ListSSHPublicKeys', 'user ben'),
      ],
      [
        () => iam.send(new ListSigningCertificatesCommand({ UserName: 'nobody' })),
        denied('iam:ListSigningCertificates', 'user nobody'),
      ],
      [
        () => iam.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true })),
        denied('iam:ListServiceSpecificCredentials', '*'),
      ],
      [
        () => iam.send(new ListInstanceProfilesCommand({ PathPrefix: '/web/' })),
        denied('iam:ListInstanceProfiles', 'arn:aws:iam::123456789012:instance-profile/web/'),
      ],
      [
        () => iam.send(new ListServerCertificatesCommand({})),
        denied('iam:ListServerCertificates', 'arn:aws:iam::123456789012:server-certificate/'),
      ],
      [
        () => iam.send(new ListOpenIDConnectProvidersCommand({})),
        denied('iam:ListOpenIDConnectProviders', 'arn:aws:iam::123456789012:oidc-provider/*'),
      ],
      [
        () => iam.send(new ListSAMLProvidersCommand({})),
        denied('iam:ListSAMLProviders', 'arn:aws:iam::123456789012:saml-provider/*'),
      ],
    ] as const) {
      await assert.rejects(send, refusal)
    }
  })

  test('the credentials of all users are those of no one user', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam(await newUser(twinlock, 'ana', allow('iam:List*')))
    const { ServiceSpecificCredentials } = await iam.send(
      new ListServiceSpecificCredentialsCommand({ AllUsers: true }),
    )
    assert.deepEqual(ServiceSpecificCredentials, [])
    await assert.rejects(
      iam.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, UserName: 'ana' })),
      { name: 'ValidationError', message: 'AllUsers cannot be given together with UserName.' },
    )
  })

  test('a role’s session must name a user, unless it asks for all', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const AssumeRolePolicyDocument = policy(trust('123456789012'))
    await newRole(twinlock, { RoleName: 'App', AssumeRolePolicyDocument }, allow('iam:*'))
    const ana = await newUser(twinlock, 'ana', allow('sts:AssumeRole'))
    const assumed = await twinlock.sts(ana).send(
      new AssumeRoleCommand({
        RoleArn: 'arn:aws:iam::123456789012:role/App',
        RoleSessionName: 'app',
      }),
    )
    const iam = twinlock.iam(sessionOf(assumed))
    await assert.rejects(iam.send(new ListSSHPublicKeysCommand({})), {
      name: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    })
    await iam.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true }))
  })

  test('there is no page after the first', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await assert.rejects(twinlock.iam().send(new ListInstanceProfilesCommand({ Marker: 'abc' })), {
      name: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })
})
