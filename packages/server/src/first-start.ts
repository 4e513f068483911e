// The first start: makes the account, and its root user with a password and an access key.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hashPassword, newPassword } from '@twinlock/factors'
import type { Config } from './config.ts'
import { ConfigError } from './config.ts'
import type { AccountId } from './identifiers/account-id.ts'
import { parseAccountId } from './identifiers/account-id.ts'
import type { Random } from './identifiers/random.ts'
import { newSecretAccessKey } from './identifiers/secret-access-key.ts'
import { newUniqueId } from './identifiers/unique-ids.ts'
import type { Keyring } from './keyring/keyring.ts'
import type { Store } from './store/store.ts'

/** What was made and must be told now: it is never shown again. */
export type NewAccount = {
  readonly accountId: AccountId
  /** Absent when the operator gave one. */
  readonly rootPassword: string | undefined
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/**
 * Makes the account when the store has none; undefined when there is one already.
 * @param tell hands the secrets over before they are committed: an account that nobody can enter is never made
 * @throws ConfigError when `--account-id` names another account than the store's
 */
export async function makeAccount(
  store: Store,
  keyring: Keyring,
  config: Config,
  random: Random,
  now: Date,
  tell: (made: NewAccount) => void,
): Promise<NewAccount | undefined> {
  const existing = await store.db.selectFrom('account').select('accountId').executeTakeFirst()
  if (existing !== undefined) {
    if (config.accountId === undefined || config.accountId === existing.accountId) return undefined
    throw new ConfigError(
      `The database holds account ${existing.accountId}: --account-id ${config.accountId} cannot change it.`,
    )
  }

  const accountId = config.accountId ?? newAccountId(random)
  const rootPassword = config.rootPassword ?? newPassword()
  const accessKeyId = newUniqueId('AKIA', accountId, random)
  const secretAccessKey = newSecretAccessKey(random)
  const rootPasswordHash = await hashPassword(rootPassword)
  const printed = config.rootPassword === undefined ? rootPassword : undefined
  const made = { accountId, rootPassword: printed, accessKeyId, secretAccessKey }
  let isTold = false
  const committed = store.transaction(async tx => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('account')
      .values({
        accountId,
        email: config.rootEmail,
        rootPasswordHash,
        createDate: now.getTime(),
      })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n) return undefined
    await tx
      .insertInto('accessKey')
      .values({
        accountId,
        accessKeyId,
        principalId: accountId,
        sealedSecret: keyring.seal('secret-access-key', Buffer.from(secretAccessKey), accessKeyId),
        status: 'Active',
        createDate: now.getTime(),
      })
      .execute()
    tell(made)
    isTold = true
    return made
  })
  return committed.catch((error: unknown) => {
    if (!isTold) throw error
    // A commit that failed may have happened all the same: a PostgreSQL can go between doing it and saying so.
    throw new ConfigError(
      'The database failed while the account was made. Keep what was shown, and start again: either it holds, or another is made.',
      { cause: error },
    )
  })
}

/**
 * Refuses to begin anew where somebody began before: a database that came without its log looks new.
 * @throws ConfigError when there is a master key that nobody has named for this database
 */
export function refuseForgottenAccount({ data, database, ...config }: Config): void {
  if (config.isMasterKeyNamed || !existsSync(config.masterKeyFile)) return
  const why = database.startsWith(join(data, ''))
    ? `${database} holds no account. Was a backup restored without twinlock.sqlite-wal?`
    : 'the database holds no account. Is it the right one?'
  throw new ConfigError(
    `${config.masterKeyFile} is there, but ${why} To begin anew under this key, name it with --master-key-file; under another, move it away.`,
  )
}

function newAccountId(random: Random): AccountId {
  const number = random(8).readBigUInt64BE() % 900_000_000_000n
  return parseAccountId(String(number + 100_000_000_000n))
}
