// Security keys and passkeys: registered for a user or root, and asked for at sign-in. The ceremonies' mathematics is in
// @twinlock/factors; here is what the store must agree on: that a credential belongs to one user, and that its counter only grows.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_fido.html
import { hash } from 'node:crypto'
import {
  authenticationOptions,
  findCredentialId,
  registrationOptions,
  verifyAuthentication,
  verifyRegistration,
} from '@twinlock/factors'
import type { AuthenticatorMetadata, CeremonyRefusal, WebAuthnCredential } from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import type { AccountId } from '../identifiers/account-id.ts'
import { parseAccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'
import { newSecurityKeyId, securityKeyArn } from '../identifiers/security-key-ids.ts'
import { beforehand } from '../store/beforehand.ts'
import type { Queries, Store } from '../store/store.ts'
import type { Ceremony } from './security-key-ceremonies.ts'
import { begunDate, challengeOf } from './security-key-ceremonies.ts'
import { userVerificationFor } from './mfa-requirement.ts'

/** What the operator knows of models of authenticators. */
export type SecurityKeyMetadata = AuthenticatorMetadata

/** Whose pages ask for security keys. */
export type RelyingParty = { readonly rpId: string; readonly origin: string }

/** Who registers a key or proves with one. */
export type KeyHolder = {
  readonly account: AccountId
  /** The user's id, or the account id. */
  readonly principalId: string
}

/** A holder as browsers show it. */
export type NamedKeyHolder = KeyHolder & {
  /** `/team/ana`, or undefined of root. */
  readonly userPath: string | undefined
  readonly displayName: string
}

/** The name that browsers show beside the key's. */
const RP_NAME = 'Twinlock'

/** The user handle: one for each user, and nothing that says who it is. */
const userHandle = ({ account, principalId }: KeyHolder) =>
  hash('sha256', `${account}/${principalId}`, 'buffer')

/** What `navigator.credentials.create` is asked for. */
export async function registrationOptionsFor(
  db: Queries,
  holder: NamedKeyHolder,
  { rpId }: RelyingParty,
  challenge: Buffer,
): Promise<object> {
  return registrationOptions({
    rpId,
    rpName: RP_NAME,
    user: { id: userHandle(holder), name: holder.displayName, displayName: holder.displayName },
    excludeCredentials: await keysOf(db, holder),
    challenge,
    // A second factor, after a password: where the account says nothing else keys without a PIN are welcome, and need no room to
    // keep the credential.
    userVerification: await userVerificationFor(db, holder),
    residentKey: 'discouraged',
    attestation: 'direct',
  })
}

/** What a browser answered, and what it is judged by. */
type RegistrationAnswer = {
  readonly response: unknown
  readonly relyingParty: RelyingParty
  readonly metadata: SecurityKeyMetadata
  readonly now: Date
}

/** The credential that a browser's answer proves, or undefined. Why it proves none is nobody's business. */
export async function verifiedCredential(
  db: Queries,
  ceremony: Ceremony,
  { response, relyingParty: { rpId, origin }, metadata, now }: RegistrationAnswer,
): Promise<WebAuthnCredential | undefined> {
  const { accountId, principalId, challenge } = ceremony
  const holder = { account: parseAccountId(accountId), principalId }
  const userVerification = await userVerificationFor(db, holder)
  const verification = await beforehand(db, ['security key', challenge, userVerification], () =>
    verifyRegistration({
      response,
      expectedChallenge: challengeOf(ceremony),
      expectedOrigins: [origin],
      rpId,
      requireUserVerification: userVerification === 'required',
      metadata,
      now: Math.floor(now.getTime() / 1000),
    }),
  )
  return verification.outcome === 'registered' ? verification.credential : undefined
}

/**
 * Keeps a credential as its holder's device; returns its serial number. EntityAlreadyExists, when somebody has this very credential, is
 * returned: the challenge is spent by then, and must stay so.
 */
export async function addSecurityKey(
  db: Queries,
  holder: NamedKeyHolder,
  deviceName: string,
  credential: WebAuthnCredential,
  random: Random,
  now: Date,
): Promise<string | AwsError> {
  const { account, principalId, userPath } = holder
  const serialNumber = securityKeyArn(account, userPath, deviceName, newSecurityKeyId(random))
  const known = await db
    .selectFrom('securityKey')
    .select('serialNumber')
    .where('accountId', '=', account)
    .where('credentialId', '=', credential.credentialId)
    .executeTakeFirst()
  if (known !== undefined) {
    return new AwsError('EntityAlreadyExists', 'This security key is registered already.')
  }
  await db
    .insertInto('mfaDevice')
    .values({
      accountId: account,
      serialNumber,
      kind: 'securityKey',
      path: '/',
      deviceName,
      sealedSeed: null,
      totpFormat: null,
      validFrom: null,
      validUntil: null,
      createDate: now.getTime(),
      principalId,
      enableDate: now.getTime(),
    })
    .execute()
  await db
    .insertInto('securityKey')
    .values({
      accountId: account,
      serialNumber,
      credentialId: credential.credentialId,
      publicKey: Buffer.from(credential.publicKey),
      signCount: credential.signCount,
      transports: JSON.stringify(credential.transports),
      aaguid: credential.aaguid,
      attestationFormat: credential.attestationFormat,
      attestation: credential.attestation,
      certifications: JSON.stringify(credential.certifications),
      backupEligible: credential.backupEligible ? 1 : 0,
      backupState: credential.backupState ? 1 : 0,
      countedDate: null,
      clonedDate: null,
    })
    .execute()
  return serialNumber
}

/** What `navigator.credentials.get` is asked for; undefined for somebody without a key. */
export async function authenticationOptionsFor(
  db: Queries,
  holder: KeyHolder,
  { rpId }: RelyingParty,
  challenge: Buffer,
): Promise<object | undefined> {
  const allowCredentials = await keysOf(db, holder)
  if (allowCredentials.length === 0) return undefined
  const userVerification = await userVerificationFor(db, holder)
  return authenticationOptions({ rpId, challenge, allowCredentials, userVerification })
}

/** `cloned`: the key's counter went back. Clients are told the same as for `wrong`. */
export type KeyOutcome =
  | { readonly outcome: 'proved' | 'cloned'; readonly serialNumber: string }
  /** The reason is for whoever runs the service: clients are told that it did not work. */
  | { readonly outcome: 'wrong'; readonly reason?: CeremonyRefusal }

/**
 * Whether a browser's answer proves one of the holder's keys. The counter is compared and set in one statement. An answer that another
 * one has overtaken shows an older counter, too, and is no clone (https://www.w3.org/TR/webauthn-3/#sctn-sign-counter): it proves nothing.
 * INVARIANT: a key whose counter went back proves nothing any more, until it is removed and registered again.
 */
export async function proveSecurityKey(
  store: Store,
  holder: KeyHolder,
  ceremony: Ceremony,
  response: unknown,
  { rpId, origin }: RelyingParty,
  now: Date,
): Promise<KeyOutcome> {
  const credentialId = findCredentialId(response)
  const key = credentialId === undefined ? undefined : await findKey(store.db, holder, credentialId)
  if (key === undefined) return { outcome: 'wrong' }
  const { serialNumber, publicKey, signCount } = key
  const verification = await verifyAuthentication({
    response,
    expectedChallenge: challengeOf(ceremony),
    expectedOrigins: [origin],
    rpId,
    requireUserVerification: (await userVerificationFor(store.db, holder)) === 'required',
    credential: {
      credentialId: key.credentialId,
      publicKey,
      signCount,
      backupEligible: key.backupEligible === 1,
    },
    userHandle: userHandle(holder),
  })
  switch (verification.outcome) {
    case 'proved': {
      const { signCount: shown, backupState } = verification
      const isNew = await store.transaction(tx =>
        moveCounter(tx, holder.account, serialNumber, { shown, backupState, now }),
      )
      return isNew ? { outcome: 'proved', serialNumber } : { outcome: 'wrong' }
    }
    case 'cloned':
      if (begunDate(ceremony) < (key.countedDate ?? 0)) return { outcome: 'wrong' }
      await store.transaction(tx => flagClone(tx, holder.account, serialNumber, now))
      return { outcome: 'cloned', serialNumber }
    case 'wrong':
      return { outcome: 'wrong', reason: verification.reason }
    default:
      return verification satisfies never
  }
}

type Counted = { readonly shown: number; readonly backupState: boolean; readonly now: Date }

/** True when the counter was below `shown`, or when the key has none. */
async function moveCounter(
  db: Queries,
  account: AccountId,
  serialNumber: string,
  { shown, backupState, now }: Counted,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('securityKey')
    .set({ signCount: shown, backupState: backupState ? 1 : 0, countedDate: now.getTime() })
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .where('clonedDate', 'is', null)
    .where(eb => (shown === 0 ? eb('signCount', '=', 0) : eb('signCount', '<', shown)))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

async function flagClone(db: Queries, account: AccountId, serialNumber: string, now: Date) {
  await db
    .updateTable('securityKey')
    .set({ clonedDate: now.getTime() })
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .where('clonedDate', 'is', null)
    .execute()
}

function findKey(db: Queries, { account, principalId }: KeyHolder, credentialId: string) {
  return db
    .selectFrom('securityKey')
    .innerJoin('mfaDevice', join =>
      join
        .onRef('mfaDevice.accountId', '=', 'securityKey.accountId')
        .onRef('mfaDevice.serialNumber', '=', 'securityKey.serialNumber'),
    )
    .selectAll('securityKey')
    .where('securityKey.accountId', '=', account)
    .where('securityKey.credentialId', '=', credentialId)
    .where('securityKey.clonedDate', 'is', null)
    .where('mfaDevice.principalId', '=', principalId)
    .executeTakeFirst()
}

/** The holder's credentials, as the ceremonies name them. */
async function keysOf(db: Queries, { account, principalId }: KeyHolder) {
  const rows = await db
    .selectFrom('securityKey')
    .innerJoin('mfaDevice', join =>
      join
        .onRef('mfaDevice.accountId', '=', 'securityKey.accountId')
        .onRef('mfaDevice.serialNumber', '=', 'securityKey.serialNumber'),
    )
    .select(['credentialId', 'transports'])
    .where('securityKey.accountId', '=', account)
    .where('mfaDevice.principalId', '=', principalId)
    .orderBy('securityKey.serialNumber')
    .execute()
  return rows.map(({ credentialId, transports }) => ({
    credentialId,
    // Only addSecurityKey writes the column.
    transports: JSON.parse(transports) as string[],
  }))
}
