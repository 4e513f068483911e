// The first day: root makes the account's rules, policies, groups and roles, and the devices that apps will be enrolled with.
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  AttachGroupPolicyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateVirtualMFADeviceCommand,
  PutRolePolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import { COMPANY, GROUPS, PASSWORD_POLICY, POLICIES } from './company.ts'
import { seedOf } from './devices.ts'
import { allowing, readDocument } from './documents.ts'
import { CODE_DEVICES } from './public-secrets.ts'
import { ROLES, trustPolicyOf } from './roles.ts'

/** @returns the seeds that the apps shall have, by the serial numbers of their devices */
export async function foundCompany(iam: IAMClient): Promise<ReadonlyMap<string, string>> {
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: COMPANY.alias }))
  await iam.send(new UpdateAccountPasswordPolicyCommand(PASSWORD_POLICY))
  await makePolicies(iam)
  await makeGroups(iam)
  await makeRoles(iam)
  return makeDevices(iam)
}

async function makePolicies(iam: IAMClient): Promise<void> {
  for (const [name, { description }] of Object.entries(POLICIES)) {
    const PolicyName = name as keyof typeof POLICIES
    await iam.send(
      new CreatePolicyCommand({
        PolicyName,
        Description: description,
        PolicyDocument: readDocument(PolicyName, 1),
      }),
    )
  }
}

async function makeGroups(iam: IAMClient): Promise<void> {
  for (const [GroupName, policies] of Object.entries(GROUPS)) {
    await iam.send(new CreateGroupCommand({ GroupName }))
    for (const PolicyArn of policies) {
      await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }))
    }
  }
}

async function makeRoles(iam: IAMClient): Promise<void> {
  for (const role of ROLES) {
    const { trust: _, actions, ...facts } = role
    const { RoleName } = facts
    await iam.send(
      new CreateRoleCommand({ ...facts, AssumeRolePolicyDocument: trustPolicyOf(role) }),
    )
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument: allowing(actions) }),
    )
  }
}

async function makeDevices(iam: IAMClient): Promise<ReadonlyMap<string, string>> {
  const seeds = new Map<string, string>()
  for (const { holder, device } of CODE_DEVICES) {
    if (device.kind !== 'app') continue
    const { VirtualMFADevice } = await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: device.deviceName }),
    )
    seeds.set(VirtualMFADevice?.SerialNumber ?? '', seedOf(holder))
  }
  return seeds
}
