// The context of an operation that whoever runs the server calls as root, at the store itself. There is no request and no answer, and
// nobody asks for permissions: who can open the data keys may do all.
import { TOTP_PROFILES } from '@twinlock/factors'
import type { Transaction } from 'kysely'
import type { RootCaller } from '../authentication/caller.ts'
import { sessionTokens } from '../authentication/session-tokens.ts'
import { totpLedger } from '../authentication/totp-ledger.ts'
import { authorizer } from '../authorization/authorizer.ts'
import { principals } from '../authorization/principals.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import { rootArn } from '../identifiers/arns.ts'
import { keyringAt, readDataKeys } from '../keyring/data-keys.ts'
import type { KeyStore } from '../keyring/key-store.ts'
import type { Context, House } from '../services/context.ts'
import type { Tables } from '../store/tables.ts'

export type RootContext = Context & { readonly db: Transaction<Tables> }

/** @throws ConfigError when the master key does not open the data keys */
export async function rootContext(
  keys: KeyStore,
  db: Transaction<Tables>,
  account: AccountId,
  now: Date,
): Promise<RootContext> {
  return {
    account,
    caller: rootByMasterKey(account, now),
    now,
    region: 'us-east-1',
    db,
    house: await houseOf(keys, db, now),
    request: {
      requestId: '',
      sourceIp: '',
      secureTransport: false,
      userAgent: undefined,
      referer: undefined,
    },
  }
}

/** The master key stands for the second factor: root's devices may be the ones that are lost. */
function rootByMasterKey(account: AccountId, now: Date): RootCaller {
  const seconds = Math.floor(now.getTime() / 1000)
  return {
    kind: 'root',
    id: account,
    arn: rootArn(account),
    account,
    accessKeyId: '',
    session: {
      account,
      accessKeyId: '',
      issuedAt: seconds,
      expiresAt: seconds,
      issuedBy: 'Console',
      principalId: account,
      mfa: { authenticatedAt: seconds, serialNumber: '' },
    },
  }
}

async function houseOf(
  { store, masterKey, random }: KeyStore,
  db: Transaction<Tables>,
  now: Date,
): Promise<House> {
  const keyring = keyringAt(await readDataKeys(db, masterKey, random), random, now)
  const cache = principals(store, (sealed, accessKeyId) => {
    const secret = keyring.open('secret-access-key', sealed, accessKeyId)
    if (secret === undefined) throw new Error(`the secret of ${accessKeyId} does not open`)
    return secret.toString()
  })
  return {
    random,
    keyring,
    totp: totpLedger(store, TOTP_PROFILES.aws),
    sessionTokens: sessionTokens(keyring),
    authorizer: authorizer(cache, () => undefined),
  }
}
