// Amazon Resource Names of the things that Twinlock keeps. Partition `aws` alone.
import type { AccountId } from './account-id.ts'

/** What has a path and a name in its ARN. */
type Entity = 'user' | 'group' | 'role' | 'policy' | 'mfa'

/** `arn:aws:iam::ACCOUNT:TYPE/path/name`. `path` begins and ends with a slash. */
function iamArn(account: AccountId, entity: Entity, path: string, name: string) {
  return `arn:aws:iam::${account}:${entity}${path}${name}`
}

export const userArn = (account: AccountId, path: string, name: string) =>
  iamArn(account, 'user', path, name)
export const groupArn = (account: AccountId, path: string, name: string) =>
  iamArn(account, 'group', path, name)
export const roleArn = (account: AccountId, path: string, name: string) =>
  iamArn(account, 'role', path, name)
export const policyArn = (account: AccountId, path: string, name: string) =>
  iamArn(account, 'policy', path, name)
export const mfaArn = (account: AccountId, path: string, name: string) =>
  iamArn(account, 'mfa', path, name)

export const rootArn = (account: AccountId) => `arn:aws:iam::${account}:root`

/** The ARN of a role's session. The role's path does not show in it. */
export const assumedRoleArn = (account: AccountId, roleName: string, sessionName: string) =>
  `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`

/** The ARN of a session of GetFederationToken. */
export const federatedUserArn = (account: AccountId, name: string) =>
  `arn:aws:sts::${account}:federated-user/${name}`

/** What an ARN of IAM names. AWS's own policies, and nothing else, are in the account `aws`. */
export type IamArn = {
  readonly account: AccountId | 'aws'
  readonly type: Entity
  /** Begins and ends with a slash. */
  readonly path: string
  readonly name: string
}

/** The alphabets of paths and names: https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html */
const IAM_ARN =
  /^arn:aws:iam::(?<account>\d{12}|aws(?=:policy)):(?<type>user|group|role|policy|mfa)(?<path>\/(?:[!-~]+\/)?)(?<name>[\w+=,.@-]+)$/

/** What `text` names, or undefined: the root user, sessions and security keys are none of these. */
export function findIamArn(text: string): IamArn | undefined {
  const { groups } = IAM_ARN.exec(text) ?? {}
  return groups && ({ ...groups } as IamArn)
}

/** @throws RangeError when `text` is none of these: for ARNs of our own, never for a caller's input. */
export function parseIamArn(text: string): IamArn {
  const arn = findIamArn(text)
  if (arn === undefined) throw new RangeError(`${text} is not an ARN of IAM`)
  return arn
}

/** An ARN taken apart: `arn:partition:service:region:account:resource`. */
export type Arn = {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** The parts of `text`, or undefined when it is not an ARN of six parts with partition, service and resource. */
export function findArn(text: string): Arn | undefined {
  const [head, partition, service, region, account, ...rest] = text.split(':')
  const resource = rest.join(':')
  if (head !== 'arn' || !partition || !service || !resource) return undefined
  return { partition, service, region: region ?? '', account: account ?? '', resource }
}
