// The first start: makes the account, its root user with a password and an access key, and the AWS profile that leads the
// `aws` command here.
import { mkdirSync } from 'node:fs'
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
import { writePrivateFile } from './private-file.ts'
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
  return store.transaction(async tx => {
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
    return made
  })
}

function newAccountId(random: Random): AccountId {
  const number = random(8).readBigUInt64BE() % 900_000_000_000n
  return parseAccountId(String(number + 100_000_000_000n))
}

/** DIR/aws/credentials, with root's access key in the profile `root`. */
export function writeCredentials(folder: string, account: NewAccount): void {
  write(folder, 'credentials', [
    '[root]',
    `aws_access_key_id = ${account.accessKeyId}`,
    `aws_secret_access_key = ${account.secretAccessKey}`,
  ])
}

/** DIR/aws/config, which leads the profile `root` to `endpoint`. Written at every start: the address may be a new one. */
export function writeProfile(folder: string, region: string, endpoint: string): void {
  write(folder, 'config', [
    '[profile root]',
    `region = ${region}`,
    'output = json',
    `endpoint_url = ${endpoint}`,
  ])
}

/** The folder of the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE shall name. */
export const profileFolder = ({ data }: Config) => join(data, 'aws')

function write(folder: string, file: string, lines: readonly string[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writePrivateFile(join(folder, file), `${lines.join('\n')}\n`)
}
