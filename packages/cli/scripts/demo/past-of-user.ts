// What happened to a user of the demo's company: hired, settled in, given access keys, seen since.
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { COMPANY, CONTRACTOR_BOUNDARY } from './company.ts'
import { allowing } from './documents.ts'
import { enrol } from './enrol.ts'
import type { Happening } from './happening.ts'
import { on } from './happening.ts'
import type { AccessKey, User } from './people.ts'
import { firstPasswordOf } from './public-secrets.ts'
import { newcomerOf, personOf, signIn } from './sign-in.ts'
import type { World } from './world.ts'

export const pastOfUser = (user: User): readonly Happening[] => [
  ...on(user.hired, world => hire(world, user)),
  ...on(user.console?.settled, world => settleIn(world, user)),
  ...(user.accessKeys ?? []).flatMap(key => pastOfAccessKey(user, key)),
  ...on(user.switchedRole?.daysAgo, world => switchRole(world, user)),
  ...on(user.console?.lastSignIn, world => signIn(world, personOf(user))),
]

async function hire({ iam: clientNow }: World, user: User): Promise<void> {
  const iam = clientNow()
  const { userName: UserName, path: Path, group, jobTitle, actions } = user
  await iam.send(
    new CreateUserCommand({
      UserName,
      Path,
      Tags: [{ Key: 'job-title', Value: jobTitle }],
      ...(user.hasBoundary && { PermissionsBoundary: CONTRACTOR_BOUNDARY }),
    }),
  )
  if (group !== undefined) {
    await iam.send(new AddUserToGroupCommand({ GroupName: group, UserName }))
  }
  if (actions !== undefined) {
    const PolicyDocument = allowing(actions)
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'work', PolicyDocument }))
  }
  if (user.console === undefined) return
  const Password = firstPasswordOf(user)
  await iam.send(new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: true }))
}

/** Chooses a password, and enrols the devices. From the second on, each wants a session with MFA. */
async function settleIn(world: World, user: User): Promise<void> {
  const { userName, console } = user
  const [first, ...others] = console?.devices ?? []
  const browser = await signIn(world, newcomerOf(user))
  if (first !== undefined) await enrol(world, browser, first, userName)
  for (const device of others) {
    world.clock.pass()
    await enrol(world, await signIn(world, personOf(user)), device, userName)
  }
}

async function switchRole(world: World, user: User): Promise<void> {
  const browser = await signIn(world, personOf(user))
  const { RoleName } = user.switchedRole ?? {}
  await browser.call('signin:SwitchRole', { Account: COMPANY.alias, RoleName })
  await browser.call('sts:GetCallerIdentity')
}

function pastOfAccessKey(
  { userName: UserName }: User,
  { made, used, isInactive }: AccessKey,
): readonly Happening[] {
  const create = async ({ iam, accessKeys }: World) => {
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }))
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {}
    accessKeys.set(UserName, { accessKeyId, secretAccessKey })
  }
  const use = ({ sts, accessKeys }: World) =>
    sts(keyOf(accessKeys, UserName)).send(new GetCallerIdentityCommand())
  const deactivate = async ({ iam, accessKeys }: World) => {
    const { accessKeyId: AccessKeyId } = keyOf(accessKeys, UserName)
    await iam().send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }))
    accessKeys.delete(UserName)
  }
  return [...on(made, create), ...on(used, use), ...(isInactive ? on(used, deactivate) : [])]
}

function keyOf(accessKeys: World['accessKeys'], userName: string) {
  const key = accessKeys.get(userName)
  if (key === undefined) throw new Error(`${userName} has no access key`)
  return key
}
