// Whom and which policies a simulation is about: documents from files, a principal of an account, or the account's with documents added,
// which is how tomorrow's policy is tried today.
import { type Layers, type PolicyKind, type PolicySet, policySet } from '@twinlock/policy'
import { type Account, type Principal, principalNamed } from '../../../account/account.ts'
import { type PolicyDocument, compiled, parsed } from '../../../account/policy-document.ts'
import { UsageError } from '../../../command-errors.ts'
import type { Groups, Options, Values } from '../../../command.ts'
import { type Io, tell } from '../../../io.ts'
import { type Caller, callerOf, parseCaller, unknownUser } from './caller.ts'
import { FULL_ACCESS, documentIn, fileReader } from '../document-files.ts'

/** The policies that bind a principal, wherever it goes. */
export const PRINCIPAL_OPTIONS = {
  principal: {
    type: 'string',
    value: 'NAME|ARN',
    help: 'a user or role of the account: its policies, its groups’, its boundary, and the trust policies of the account’s roles. Documents are added to them; a --boundary takes the place of the one there is',
  },
  policy: { type: 'list', value: 'FILE…', help: 'identity-based policies' },
  boundary: { type: 'string', value: 'FILE', help: 'a permissions boundary' },
  session: { type: 'list', value: 'FILE…', help: 'session policies' },
  scp: {
    type: 'list',
    value: 'FILE…',
    help: 'service control policies of one level; once for each level, root first. FullAWSAccess needs no file',
  },
  caller: {
    type: 'string',
    value: 'ARN',
    help: 'who asks: user, role, role session, federated user or root; or a service such as ec2.amazonaws.com (default: a user of whom nothing is known)',
  },
} as const satisfies Options

export const SUBJECT_OPTIONS = {
  ...PRINCIPAL_OPTIONS,
  'resource-policy': { type: 'string', value: 'FILE', help: 'the policy of the resource' },
  trust: {
    type: 'string',
    value: 'FILE',
    help: 'the trust policy of a role, whose ARN is the --resource: who may assume it',
  },
} as const satisfies Options

export type Subject = {
  readonly caller: Caller
  readonly layers: Layers
  /** Service control policies, level by level. */
  readonly scps: readonly (readonly PolicyDocument[])[]
  /** The trust policy that decides, when the action is the assumption of a role that is known. */
  readonly trustOf: (action: string, resource: string) => PolicySet | undefined
  /** The ARNs of the account's roles. */
  readonly roles: readonly string[] | undefined
  /** The text of the document of that name. */
  readonly textOf: (name: string) => string | undefined
}

/** What is asked of a role's trust policy. */
const TRUST_ACTION =
  /^sts:(AssumeRole(With(SAML|WebIdentity))?|TagSession|SetSourceIdentity|SetContext)$/i

/**
 * Reads the documents and puts them into layers.
 * @param account read when `--principal` was given
 * @throws Refusal with file, line and column, for a document that AWS would refuse
 */
export async function readSubject(
  values: Values<typeof SUBJECT_OPTIONS>,
  account: Account | undefined,
  io: Io,
): Promise<Subject> {
  const given = await readDocuments(values, io)
  const { principal: named } = values
  const principal = named === undefined ? undefined : account && principalNamed(account, named)
  const caller = callerIn(values, principal)

  const own = principal?.policies ?? []
  const boundary = given.boundary ?? principal?.boundary
  const trust = given.trust && setOf([given.trust])
  const trusts = new Map(account?.roles.map(role => [role.arn, role.trust]))
  const texts = new Map(
    [
      ...own,
      ...trusts.values(),
      ...given.all,
      ...(principal?.boundary ? [principal.boundary] : []),
    ].map(({ source, text }) => [source.name, text]),
  )
  return {
    caller,
    layers: {
      identity: setOf([...own, ...given.identity]),
      ...(boundary && { boundary: setOf([boundary]) }),
      ...(bindsSession(given.session, caller) && { session: setOf(given.session) }),
      ...(given.resource && { resource: setOf([given.resource]) }),
      ...(given.scps.length > 0 && { scps: given.scps.map(setOf) }),
    },
    scps: given.scps,
    trustOf(action, resource) {
      if (!TRUST_ACTION.test(action)) return undefined
      const ofRole = trusts.get(resource)
      return trust ?? (ofRole && setOf([ofRole]))
    },
    roles: account?.roles.map(({ arn }) => arn),
    textOf: name => texts.get(name),
  }
}

function setOf(documents: readonly PolicyDocument[]): PolicySet {
  return policySet(documents.map(compiled))
}

/** Whom a policy names is a question that needs somebody; whose account a role is of, one that needs the role. */
export function checkSubject(
  values: Values<typeof SUBJECT_OPTIONS> & { readonly resource?: Groups | undefined },
) {
  const { principal, caller, resource, trust, 'resource-policy': resourcePolicy } = values
  if (principal !== undefined && caller !== undefined) {
    throw new UsageError('--principal is the caller: leave out --caller.')
  }
  if (trust !== undefined && resource === undefined) {
    throw new UsageError('whose trust policy is it? Give the ARN of the role as --resource.')
  }
  if (principal !== undefined || caller !== undefined) return
  if (trust !== undefined || resourcePolicy !== undefined) {
    throw new UsageError('whom may the policy name? Give a --caller or a --principal.')
  }
}

/** Without any policy all is denied but what root asks, and nobody would wonder. */
export function checkPolicies(values: Values<typeof PRINCIPAL_OPTIONS>) {
  const given = ['principal', 'policy', 'boundary', 'session', 'scp', 'caller'] as const
  if (given.every(name => values[name] === undefined)) {
    throw new UsageError('whose policies? Give a --principal, or the documents with --policy.')
  }
}

function callerIn(
  { caller }: Values<typeof SUBJECT_OPTIONS>,
  principal: Principal | undefined,
): Caller {
  if (principal !== undefined) return callerOf(principal)
  return caller === undefined ? unknownUser() : parseCaller(caller)
}

/** A session of GetFederationToken is bound by its session policies even when it was given none. */
function bindsSession(session: readonly PolicyDocument[], { facts }: Caller) {
  return session.length > 0 || facts.kind === 'federatedUser'
}

async function readDocuments(values: Values<typeof SUBJECT_OPTIONS>, io: Io) {
  const read = fileReader(io)
  const one = async (path: string, kind: PolicyKind) => documentIn(await read(path), kind)
  const maybe = async (path: string | undefined, kind: PolicyKind) =>
    path === undefined ? undefined : one(path, kind)
  const several = async (paths: readonly string[], kind: PolicyKind) => {
    const documents: PolicyDocument[] = []
    for (const path of paths) {
      const isBuiltIn = kind === 'scp' && path === FULL_ACCESS.source.name
      documents.push(isBuiltIn ? FULL_ACCESS : await one(path, kind))
    }
    return documents
  }

  const identity = await several(values.policy?.flat() ?? [], 'identity')
  const boundary = await maybe(values.boundary, 'boundary')
  const session = await several(values.session?.flat() ?? [], 'session')
  const scps: (readonly PolicyDocument[])[] = []
  for (const level of values.scp ?? []) scps.push(await several(level, 'scp'))
  hintAtLevels(scps, io)
  const resource = await maybe(values['resource-policy'], 'resource')
  const trust = await maybe(values.trust, 'trust')
  const single = [boundary, resource, trust].filter(document => document !== undefined)
  return {
    identity,
    boundary,
    session,
    scps,
    resource,
    trust,
    all: [...identity, ...session, ...scps.flat(), ...single],
  }
}

/** A level of SCPs that only deny lets nothing pass; in AWS, FullAWSAccess stands beside them. */
function hintAtLevels(levels: readonly (readonly PolicyDocument[])[], io: Io) {
  for (const [index, level] of levels.entries()) {
    const allows = level.some(one =>
      parsed(one).statements.some(({ Effect }) => Effect === 'Allow'),
    )
    if (allows) continue
    const name = level.map(({ source }) => source.name).join(' ')
    tell(
      io,
      `twinlock: level ${index + 1} of SCPs (${name}) allows nothing, so nothing passes. In AWS FullAWSAccess is usually attached too: --scp FullAWSAccess ${name}`,
    )
  }
}
