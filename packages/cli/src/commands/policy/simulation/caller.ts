// Who makes the request: what policies may name them by, and the condition keys that every request of theirs has.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
import type { PrincipalFacts } from '@twinlock/policy'
import { type Principal, isServiceLinked } from '../../../account/account.ts'
import { UsageError } from '../../../command-errors.ts'

export type Caller = {
  /** As the user gave it, or the ARN of the account's principal; undefined: a user of whom nothing is known. */
  readonly arn: string | undefined
  readonly facts: PrincipalFacts
  /** By name in AWS's spelling. */
  readonly keys: ReadonlyMap<string, string>
}

/** The account of AWS's own examples, for documents that name none. */
const EXAMPLE_ACCOUNT = '123456789012'

/** A user without name or id: what depends on either is reported as missing. */
export function unknownUser(account: string = EXAMPLE_ACCOUNT): Caller {
  const facts = factsOf('user', account, [])
  return { arn: undefined, facts, keys: keysOf(facts, [['aws:PrincipalType', 'User']]) }
}

/** A user or role as the account has it, with its unique id and tags. */
export function callerOf(principal: Principal): Caller {
  const { kind, arn, id, tags, name } = principal
  const facts: PrincipalFacts = {
    ...factsOf(kind, accountIn(arn), [arn]),
    ids: [id],
    ...(kind === 'role' && isServiceLinked(principal) && { isServiceLinked: true }),
  }
  const own =
    kind === 'user'
      ? ([
          ['aws:PrincipalType', 'User'],
          ['aws:username', name],
          // A role's has the name of a session behind it, which nobody knows yet.
          ['aws:userid', id],
        ] as const)
      : ([['aws:PrincipalType', 'AssumedRole']] as const)
  const ofTags = [...tags].map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const)
  return { arn, facts, keys: keysOf(facts, [['aws:PrincipalArn', arn], ...own, ...ofTags]) }
}

const FORMS =
  'the ARN of a user, a role, a role session, a federated user, an identity provider or an account’s root, the name of a service such as `ec2.amazonaws.com`, or `anonymous`'

/**
 * The caller whom an ARN names, as far as an ARN tells.
 * @throws UsageError when it is none of the forms
 */
export function parseCaller(text: string): Caller {
  if (text === 'anonymous' || text === '*') return anonymous()
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) return service(text)
  const [, partition, service_, account = '', resource = ''] =
    /^arn:(aws[a-z-]*):(iam|sts)::(\d{12}):(.+)$/.exec(text) ?? []
  const [type = '', ...path] = resource.split('/')
  const name = path.at(-1) ?? ''
  if (resource === 'root' && service_ === 'iam') return root(text, account)
  if (partition !== undefined && name !== '') {
    switch (`${service_} ${type}`) {
      case 'iam user':
        return named(text, 'user', account, [text], [['aws:username', name]])
      case 'iam role':
        return named(text, 'role', account, [text], [])
      case 'sts assumed-role': {
        const role = `arn:${partition}:iam::${account}:role/${path[0]}`
        return named(text, 'role', account, [text, role], [])
      }
      case 'sts federated-user':
        return named(text, 'federatedUser', account, [text], [])
      case 'iam oidc-provider':
      case 'iam saml-provider':
        return identityProvider(text, account)
      default:
    }
  }
  throw new UsageError(`who is \`${text}\`? A caller is ${FORMS}.`)
}

const TYPES = { user: 'User', role: 'AssumedRole', federatedUser: 'FederatedUser' } as const

function named(
  arn: string,
  kind: keyof typeof TYPES,
  account: string,
  arns: readonly string[],
  own: readonly (readonly [string, string])[],
): Caller {
  const facts = factsOf(kind, account, arns)
  // A role session's aws:PrincipalArn is the role's.
  const principalArn = ['aws:PrincipalArn', arns.at(-1) ?? arn] as const
  return {
    arn,
    facts,
    keys: keysOf(facts, [principalArn, ['aws:PrincipalType', TYPES[kind]], ...own]),
  }
}

function root(arn: string, account: string): Caller {
  const facts = { ...factsOf('root', account, [arn]), ids: [account], isRoot: true }
  const own = [
    ['aws:PrincipalArn', arn],
    ['aws:PrincipalType', 'Account'],
    ['aws:userid', account],
  ] as const
  return { arn, facts, keys: keysOf(facts, own) }
}

function service(name: string): Caller {
  const facts = factsOf('service', '', [name])
  const keys = new Map([
    ['aws:PrincipalIsAWSService', 'true'],
    ['aws:PrincipalServiceName', name],
  ])
  return { arn: name, facts, keys }
}

/** In a trust policy: somebody whom the provider vouches for. */
function identityProvider(arn: string, account: string): Caller {
  // An OIDC provider is named in policies by its ARN and, for the built-in ones, by its host.
  return { arn, facts: factsOf('federated', account, [arn]), keys: new Map() }
}

function anonymous(): Caller {
  const facts = factsOf('anonymous', '', [])
  const keys = new Map([
    ['aws:PrincipalAccount', 'anonymous'],
    ['aws:PrincipalType', 'Anonymous'],
    ['aws:userid', 'anonymous'],
    ['aws:PrincipalIsAWSService', 'false'],
  ])
  return { arn: 'anonymous', facts, keys }
}

function factsOf(
  kind: PrincipalFacts['kind'],
  account: string,
  arns: readonly string[],
): PrincipalFacts {
  return { account, arns, ids: [], isRoot: false, kind }
}

function keysOf(
  { account }: PrincipalFacts,
  own: readonly (readonly [string, string])[],
): ReadonlyMap<string, string> {
  return new Map([
    ['aws:PrincipalAccount', account],
    ['aws:PrincipalIsAWSService', 'false'],
    ...own,
  ])
}

/** The account that an ARN names; empty for S3's, which name none. */
export function accountIn(arn: string) {
  return arn.split(':')[4] ?? ''
}
