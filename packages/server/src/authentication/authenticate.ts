// Who is it? Signature Version 4, in AWS's order of checks: what the signature says of itself, then the session token, then
// the access key, then the signature.
import type { KeyObject } from 'node:crypto'
import { AwsError, readSignature, signingKey, verifySignature } from '@twinlock/protocol'
import type { PresentedSignature, Service, WireRequest } from '@twinlock/protocol'
import type { Principal } from '../authorization/load-principal.ts'
import type { Principals } from '../authorization/principals.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import { assumedRoleArn, federatedUserArn } from '../identifiers/arns.ts'
import { accountOfId } from '../identifiers/unique-ids.ts'
import { recent } from '../recent.ts'
import type { Caller } from './caller.ts'
import type { FederatedUserSession, Session, SessionTokens } from './session-tokens.ts'

export type Authenticated = { readonly caller: Caller; readonly region: string }

export type Authenticator = {
  /**
   * @param service that the credential scope must name; any when undefined
   * @throws AwsError as AWS refuses unsigned, stale, unknown and forged requests
   */
  readonly authenticate: (
    request: WireRequest,
    service: Service | undefined,
    now: Date,
  ) => Promise<Authenticated>
  /**
   * The caller as principals know it by now: perhaps by another name, or not at all.
   * @throws AwsError InvalidClientTokenId when the key is, or whoever has it
   */
  readonly authenticateAgain: (authenticated: Authenticated) => Promise<Authenticated>
}

const UNKNOWN_KEY = 'The security token included in the request is invalid.'
/** AWS writes it without the full stop where the token itself is at fault. */
const BROKEN_TOKEN = 'The security token included in the request is invalid'
const EXPIRED_TOKEN = 'The security token included in the request is expired'

const CACHED_SIGNING_KEYS = 4096

export function authenticator(principals: Principals, tokens: SessionTokens): Authenticator {
  const signingKeys = recent<KeyObject>(CACHED_SIGNING_KEYS)

  /**
   * Deriving a key costs ten times what verifying with it does; a client signs with the same one all day. It is remembered once it
   * has verified something: strangers cannot push other callers' keys out.
   */
  function verify(secret: string, request: WireRequest, presented: PresentedSignature): void {
    const { accessKeyId, date, region, service } = presented
    const name = `${accessKeyId}/${date}/${region}/${service}`
    const known = signingKeys.find(name)
    const key = known ?? signingKey(secret, date, region, service)
    verifySignature(request, presented, key)
    if (known === undefined) signingKeys.set(name, key)
  }

  async function byLongTermKey(request: WireRequest, presented: PresentedSignature, now: Date) {
    const { accessKeyId } = presented
    const account = accountOfId(accessKeyId)
    if (account === undefined || !(await principals.refresh(account, now))) {
      throw new AwsError('InvalidClientTokenId', UNKNOWN_KEY)
    }
    const key = await theActiveKey(account, accessKeyId)
    verify(key.secretAccessKey, request, presented)
    return callerOf(await thePrincipal(account, key.principalId), account, accessKeyId, undefined)
  }

  async function bySession(
    request: WireRequest,
    presented: PresentedSignature,
    token: string,
    now: Date,
  ) {
    const { accessKeyId } = presented
    const session = tokens.open(token)
    if (session === undefined || session.accessKeyId !== accessKeyId) {
      throw new AwsError('InvalidClientTokenId', BROKEN_TOKEN)
    }
    if (now.getTime() >= session.expiresAt * 1000) throw new AwsError('ExpiredToken', EXPIRED_TOKEN)
    verify(session.secretAccessKey, request, presented)
    const { account } = session
    if (!(await principals.refresh(account, now))) {
      throw new AwsError('InvalidClientTokenId', BROKEN_TOKEN)
    }
    return callerOf(await thePrincipal(account, session.principalId), account, accessKeyId, session)
  }

  async function theActiveKey(account: AccountId, accessKeyId: string) {
    const key = await principals.findAccessKey(account, accessKeyId)
    if (key === undefined || !key.active) throw new AwsError('InvalidClientTokenId', UNKNOWN_KEY)
    return key
  }

  /** The user or role behind valid credentials; deleted since, its sessions end with it. */
  async function thePrincipal(account: AccountId, id: string): Promise<Principal> {
    const principal = await principals.find(account, id)
    if (principal === undefined) throw new AwsError('InvalidClientTokenId', UNKNOWN_KEY)
    return principal
  }

  return {
    async authenticate(request, service, now) {
      const presented = readSignature(request, service === undefined ? { now } : { now, service })
      const caller = await (presented.sessionToken === undefined
        ? byLongTermKey(request, presented, now)
        : bySession(request, presented, presented.sessionToken, now))
      return { caller, region: presented.region }
    },

    async authenticateAgain({ caller: { account, accessKeyId, id, session }, region }) {
      if (session === undefined) await theActiveKey(account, accessKeyId)
      const principal = await thePrincipal(account, id)
      return { caller: callerOf(principal, account, accessKeyId, session), region }
    },
  }
}

/** A principal without its policies. */
type NamedPrincipal = Pick<Principal, 'kind' | 'id' | 'arn' | 'name' | 'path'>

/**
 * The caller behind credentials that are proved.
 * @throws AwsError InvalidClientTokenId for a role without a session
 */
export function callerOf(
  principal: NamedPrincipal,
  account: AccountId,
  accessKeyId: string,
  session: Session | undefined,
): Caller {
  const { id, arn, name, path } = principal
  if (session?.federatedUser !== undefined) {
    return federatedUser(principal, account, session, session.federatedUser)
  }
  switch (principal.kind) {
    case 'root':
      return { kind: 'root', account, accessKeyId, session, id, arn }
    case 'user':
      return { kind: 'user', account, accessKeyId, session, id, arn, userName: name, path }
    case 'role': {
      const sessionName = session?.role?.sessionName
      if (session === undefined || sessionName === undefined) {
        throw new AwsError('InvalidClientTokenId', UNKNOWN_KEY)
      }
      const sessionArn = assumedRoleArn(account, name, sessionName)
      return {
        kind: 'role',
        account,
        accessKeyId,
        session,
        id,
        arn,
        roleName: name,
        sessionName,
        sessionArn,
      }
    }
  }
}

function federatedUser(
  { kind, id, arn, name }: NamedPrincipal,
  account: AccountId,
  session: Session,
  { name: sessionName }: FederatedUserSession,
): Caller {
  return {
    kind: 'federatedUser',
    account,
    accessKeyId: session.accessKeyId,
    session,
    id,
    arn,
    userName: kind === 'user' ? name : undefined,
    sessionName,
    sessionArn: federatedUserArn(account, sessionName),
  }
}
