// A catalogue of a few actions, for tests that need one and may not need the real one.
import type { LintCatalogue } from '../src/lint/catalogue.ts'

const USER = 'arn:${Partition}:iam::${Account}:user/${UserNameWithPath}'
const DEVICE = 'arn:${Partition}:iam::${Account}:mfa/${MfaTokenIdWithPath}'

const ACTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  iam: {
    ChangePassword: [USER],
    CreateUser: [USER],
    CreateVirtualMFADevice: [DEVICE],
    EnableMFADevice: [USER],
    GetAccountPasswordPolicy: [],
    GetMFADevice: [USER],
    GetUser: [USER],
    ListMFADevices: [USER],
    ListVirtualMFADevices: [],
    ResyncMFADevice: [USER],
  },
  sts: {
    AssumeRole: ['arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}'],
    GetSessionToken: [],
  },
}

const FOUND = new Map(
  Object.entries(ACTIONS).flatMap(([service, actions]) =>
    Object.entries(actions).map(([name, patterns]) => {
      const resourceTypes = patterns.map(arnPattern => ({ type: { arnPattern } }))
      return [
        `${service}:${name}`.toLowerCase(),
        { name: `${service}:${name}`, resourceTypes },
      ] as const
    }),
  ),
)

export const SMALL_CATALOGUE: LintCatalogue = {
  services: Object.keys(ACTIONS),
  actionsOf: service => Object.keys(ACTIONS[service] ?? {}),
  findAction: action => FOUND.get(action.toLowerCase()),
  findConditionKey: () => undefined,
}
