// Users and roles to test with, made by root.
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import type { Credentials as StsCredentials } from '@aws-sdk/client-sts'
import type { Credentials, TestTwinlock } from './twinlock.ts'

/** A statement of a policy. */
type Statement = Readonly<Record<string, unknown>>

export const policy = (...Statement: readonly Statement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement })

export const allow = (Action: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
})

export const deny = (Action: string | readonly string[], more: Statement = {}): Statement => ({
  ...allow(Action, more),
  Effect: 'Deny',
})

/** A statement of a trust policy. */
export const trust = (AWS: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action: 'sts:AssumeRole',
  ...more,
})

/** Makes a user with an inline policy of these statements, and an access key. */
export async function newUser(
  twinlock: Pick<TestTwinlock, 'iam'>,
  UserName: string,
  ...statements: readonly Statement[]
): Promise<Credentials & { readonly Arn: string; readonly UserId: string }> {
  const iam = twinlock.iam()
  const { User } = await iam.send(new CreateUserCommand({ UserName }))
  if (statements.length > 0) {
    const PolicyDocument = policy(...statements)
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument }))
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    Arn: User?.Arn ?? '',
    UserId: User?.UserId ?? '',
  }
}

/** Makes a role that trusts as `AssumeRolePolicyDocument` says and may do what the statements say. */
export async function newRole(
  twinlock: Pick<TestTwinlock, 'iam'>,
  role: {
    readonly RoleName: string
    readonly AssumeRolePolicyDocument: string
    readonly Path?: string
    readonly MaxSessionDuration?: number
    readonly Tags?: { readonly Key: string; readonly Value: string }[]
  },
  ...statements: readonly Statement[]
): Promise<{ readonly Arn: string; readonly RoleId: string }> {
  const iam = twinlock.iam()
  const { Role } = await iam.send(new CreateRoleCommand(role))
  if (statements.length > 0) {
    const PolicyDocument = policy(...statements)
    const { RoleName } = role
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }))
  }
  return { Arn: Role?.Arn ?? '', RoleId: Role?.RoleId ?? '' }
}

/** What an STS answer holds, as a client is given it. */
export function sessionOf({
  Credentials,
}: {
  Credentials?: StsCredentials | undefined
}): Required<Credentials> {
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
}
