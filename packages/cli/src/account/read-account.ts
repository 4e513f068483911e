// From the answer of GetAccountAuthorizationDetails to an account. The answer may come from a file, so nothing in it is trusted.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
import type { PolicyKind, PolicySource } from '@twinlock/policy'
import { Refusal } from '../command-errors.ts'
import { printable } from '../terminal/printable.ts'
import type { Account, Group, Role, User } from './account.ts'
import type { PolicyDocument } from './policy-document.ts'

/** The lists of the answer, all pages together. */
export const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const

export type AuthorizationDetails = Readonly<Record<(typeof LISTS)[number], unknown>>

/** @throws Refusal naming the member that is missing or of another kind */
export function readAccount(details: AuthorizationDetails): Account {
  const managed = new ManagedPolicies(entriesOf(details, 'Policies'))
  const groups = entriesOf(details, 'GroupDetailList').map(group => readGroup(group, managed))
  const byName = new Map(groups.map(group => [group.name, group]))
  const users = entriesOf(details, 'UserDetailList').map(user => readUser(user, byName, managed))
  const roles = entriesOf(details, 'RoleDetailList').map(role => readRole(role, managed))
  const id = [...users, ...roles, ...groups].map(({ arn }) => arn.split(':')[4])[0] ?? ''
  return { id, users, groups, roles, managedPolicies: managed.all }
}

function readUser(user: Entry, groups: ReadonlyMap<string, Group>, managed: ManagedPolicies): User {
  const name = textOf(user, 'UserName')
  const own = policiesOf(user, `user/${name}`, 'UserPolicyList', managed)
  const ofGroups = textsOf(user, 'GroupList').flatMap(group => groupNamed(group, groups).policies)
  return {
    kind: 'user',
    ...identityOf(user, name, 'UserId'),
    policies: [...new Set([...own, ...ofGroups])],
    boundary: boundaryOf(user, managed),
  }
}

/** A group that is not among the details may have a Deny. */
function groupNamed(name: string, groups: ReadonlyMap<string, Group>): Group {
  const group = groups.get(name)
  if (group === undefined)
    throw malformed(`the group \`${name}\` is not among the account's details`)
  return group
}

function readGroup(group: Entry, managed: ManagedPolicies): Group {
  const name = textOf(group, 'GroupName')
  return {
    name,
    arn: textOf(group, 'Arn'),
    policies: policiesOf(group, `group/${name}`, 'GroupPolicyList', managed),
  }
}

function readRole(role: Entry, managed: ManagedPolicies): Role {
  const name = textOf(role, 'RoleName')
  return {
    kind: 'role',
    ...identityOf(role, name, 'RoleId'),
    policies: policiesOf(role, `role/${name}`, 'RolePolicyList', managed),
    boundary: boundaryOf(role, managed),
    trust: {
      source: { type: 'trust', name: `role/${name}/trust` },
      kind: 'trust',
      text: documentOf(role, 'AssumeRolePolicyDocument'),
      isStored: true,
    },
  }
}

function identityOf(entry: Entry, name: string, id: string) {
  return {
    name,
    path: textOf(entry, 'Path'),
    arn: textOf(entry, 'Arn'),
    id: textOf(entry, id),
    tags: new Map(
      entriesOf(entry, 'Tags').map(tag => [textOf(tag, 'Key'), textOf(tag, 'Value')] as const),
    ),
  }
}

/** The inline policies, then the attached ones. */
function policiesOf(
  entry: Entry,
  owner: string,
  inlineList: string,
  managed: ManagedPolicies,
): readonly PolicyDocument[] {
  const inline = entriesOf(entry, inlineList).map((policy): PolicyDocument => ({
    source: { type: 'inline', name: `${owner}/${textOf(policy, 'PolicyName')}` },
    kind: 'identity',
    text: documentOf(policy, 'PolicyDocument'),
  }))
  const attached = entriesOf(entry, 'AttachedManagedPolicies').map(policy =>
    managed.find(textOf(policy, 'PolicyArn'), 'identity'),
  )
  return [...inline, ...attached]
}

function boundaryOf(entry: Entry, managed: ManagedPolicies): PolicyDocument | undefined {
  const boundary = entry['PermissionsBoundary']
  if (boundary === undefined || boundary === null) return undefined
  return managed.find(
    textOf(entryOf(boundary, 'PermissionsBoundary'), 'PermissionsBoundaryArn'),
    'boundary',
  )
}

/** The managed policies at their default versions, each one document for each use. */
class ManagedPolicies {
  readonly #texts: ReadonlyMap<string, string>
  readonly #documents = new Map<string, PolicyDocument>()

  constructor(policies: readonly Entry[]) {
    this.#texts = new Map(
      policies.map(policy => [textOf(policy, 'Arn'), defaultVersionOf(policy)] as const),
    )
  }

  get all(): readonly PolicyDocument[] {
    return [...this.#texts.keys()].map(arn => this.find(arn, 'identity'))
  }

  find(arn: string, kind: PolicyKind & ('identity' | 'boundary')): PolicyDocument {
    const key = `${kind} ${arn}`
    const known = this.#documents.get(key)
    if (known !== undefined) return known
    const type: PolicySource['type'] = kind === 'identity' ? 'managed' : 'boundary'
    const name = arn.split(':').slice(5).join(':')
    const document = { source: { type, name, arn }, kind, text: this.#texts.get(arn) }
    this.#documents.set(key, document)
    return document
  }
}

function defaultVersionOf(policy: Entry): string {
  const wanted = textOf(policy, 'DefaultVersionId')
  const version = entriesOf(policy, 'PolicyVersionList').find(
    one => textOf(one, 'VersionId') === wanted,
  )
  if (version === undefined) {
    throw malformed(`the default version of ${textOf(policy, 'Arn')} is missing`)
  }
  return documentOf(version, 'Document')
}

/** The wire has a document URL-encoded; what the AWS CLI prints has it as the JSON that it is. */
function documentOf(entry: Entry, member: string): string {
  const document = entry[member]
  if (typeof document === 'object' && document !== null) return JSON.stringify(document, null, 2)
  if (typeof document !== 'string') throw malformed(`\`${member}\` is missing`)
  if (!/^\s*%7B/i.test(document)) return document
  try {
    return decodeURIComponent(document)
  } catch {
    throw malformed(`\`${member}\` is neither a document nor one that is URL-encoded`)
  }
}

type Entry = Readonly<Record<string, unknown>>

function entryOf(value: unknown, member: string): Entry {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Entry
  throw malformed(`\`${member}\` is no object`)
}

function entriesOf(entry: Entry, member: string): readonly Entry[] {
  const list = entry[member] ?? []
  if (!Array.isArray(list)) throw malformed(`\`${member}\` is no list`)
  return list.map(one => entryOf(one, member))
}

function textOf(entry: Entry, member: string): string {
  const text = entry[member]
  if (typeof text !== 'string') throw malformed(`\`${member}\` is missing`)
  // Of what AWS lets be named nothing has such characters, and a terminal would obey them.
  if (printable(text) !== text) throw malformed(`\`${member}\` has control characters`)
  return text
}

function textsOf(entry: Entry, member: string): readonly string[] {
  const list = entry[member] ?? []
  if (Array.isArray(list) && list.every(one => typeof one === 'string')) return list
  throw malformed(`\`${member}\` is no list of names`)
}

function malformed(fault: string) {
  return new Refusal(
    `these are no account details as \`aws iam get-account-authorization-details\` prints them: ${fault}.`,
  )
}
