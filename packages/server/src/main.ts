// Where the pieces meet. Read this file first, then http/spine.ts.
import { mkdirSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { TOTP_PROFILES } from '@twinlock/factors'
import { trail } from './audit/trail.ts'
import { authenticator } from './authentication/authenticate.ts'
import { lastUse } from './authentication/last-use.ts'
import { sessionTokens } from './authentication/session-tokens.ts'
import { SWEEP_EVERY_MS, sweep } from './authentication/sweep.ts'
import { totpLedger } from './authentication/totp-ledger.ts'
import { denialEncoder } from './authorization/authorization-message.ts'
import { authorizer } from './authorization/authorizer.ts'
import { principals } from './authorization/principals.ts'
import { inBackground } from './background.ts'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { ConfigError, readConfig } from './config.ts'
import type { NewAccount } from './first-start.ts'
import { makeAccount, profileFolder, writeCredentials, writeProfile } from './first-start.ts'
import type { Listener } from './http/listener.ts'
import { listen } from './http/listener.ts'
import { spine } from './http/spine.ts'
import { parseAccountId } from './identifiers/account-id.ts'
import { pooledRandom } from './identifiers/random.ts'
import { hasDataKeys, loadKeyring } from './keyring/data-keys.ts'
import { readMasterKey } from './keyring/master-key.ts'
import type { Store } from './store/store.ts'
import type { LazyWebDoor } from './web-door.ts'
import { webDoor } from './web-door.ts'

/** A server that answers. Disposing it finishes what is in flight, writes what is gathered, and closes the store. */
export type Twinlock = {
  readonly endpoint: string
  readonly account: string
  /** What the first start made; undefined on later ones. */
  readonly made: NewAccount | undefined
  /** Writes what is gathered in memory: audit records and times of last use. */
  readonly flush: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Audit records and times of last use wait this long to be written together. */
const WRITE_AFTER_MS = 100

/** @throws ConfigError with one sentence when it cannot start as configured */
export async function open(config: Config, clock: Clock = systemClock): Promise<Twinlock> {
  await using opening = new AsyncDisposableStack()
  makeDataFolder(config.data)
  const random = pooledRandom()
  const store = opening.use(await openStore(config.database))
  const masterKey = readMasterKey(config.masterKeyFile, !(await hasDataKeys(store)), random)
  const keyring = await loadKeyring(store, masterKey, random, clock.now())
  const made = await makeAccount(store, keyring, config, random, clock.now(), account =>
    writeCredentials(profileFolder(config), account),
  )
  const { accountId } = await store.db
    .selectFrom('account')
    .select('accountId')
    .executeTakeFirstOrThrow()
  const account = parseAccountId(accountId)

  const cache = principals(store, (sealed, accessKeyId) => {
    const secret = keyring.open('secret-access-key', sealed, accessKeyId)
    if (secret === undefined) throw new Error(`the secret of ${accessKeyId} does not open`)
    return secret.toString()
  })
  const tokens = sessionTokens(keyring)
  const uses = lastUse(store)
  const records = trail(store, account, report)
  const flush = async () => {
    // One that fails must not keep the other from being written.
    const outcomes = await Promise.allSettled([records.flush(clock.now()), uses.flush()])
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }
  opening.use(inBackground(WRITE_AFTER_MS, flush, report))
  opening.use(inBackground(SWEEP_EVERY_MS, () => sweep(store, account, clock.now()), report))

  const parts = {
    store,
    clock,
    principals: cache,
    lastUse: uses,
    trail: records,
    report,
    house: {
      random,
      keyring,
      totp: totpLedger(store, TOTP_PROFILES[config.totpProfile]),
      sessionTokens: tokens,
      authorizer: authorizer(cache, denialEncoder(keyring, config.encodedMessages, report)),
    },
  }
  const authenticate = authenticator(cache, tokens)
  const web: LazyWebDoor = opening.use(
    webDoor(() => ({ ...parts, account, config, authenticate, endpoint: listener.endpoint })),
  )
  const listener: Listener = opening.use(
    await listen(config.host, config.port, {
      clock,
      trustedProxies: config.trustedProxies,
      report,
      web: web.serve,
      tls: config.tls,
      spine: spine({ ...parts, authenticator: authenticate }),
    }).catch((error: unknown) => {
      throw new ConfigError(`Cannot listen on ${config.host}:${config.port}: ${reason(error)}.`, {
        cause: error,
      })
    }),
  )
  writeProfile(profileFolder(config), config.region, listener.endpoint)
  const opened = opening.move()
  return {
    endpoint: listener.endpoint,
    account,
    made,
    flush,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** What `twinlock start` does: serves until SIGTERM or SIGINT. Resolves when everything is written and closed. */
export async function start({ argv, env }: Start): Promise<void> {
  const config = readConfig(argv, env)
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await using twinlock = await open(config)
  if (twinlock.made !== undefined) tellFirstStart(config, twinlock, twinlock.made)
  console.log(`Twinlock answers for account ${twinlock.account} on ${twinlock.endpoint}`)
  await ended
}

export type Start = {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

function tellFirstStart(config: Config, { endpoint }: Twinlock, made: NewAccount): void {
  const folder = profileFolder(config)
  console.log(`Made account ${made.accountId} with root user ${config.rootEmail}.`)
  if (made.rootPassword !== undefined) {
    console.log(`Root's password, shown this once: ${made.rootPassword}`)
  }
  console.log(`Root's access key is in the profile 'root'. Try it:

  export AWS_CONFIG_FILE=${folder}/config AWS_SHARED_CREDENTIALS_FILE=${folder}/credentials
  aws --profile root --endpoint-url ${endpoint} sts get-caller-identity
`)
}

const OTHERS_MAY_WRITE = 0o022

function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new ConfigError(`The data folder ${folder} cannot be made: ${reason(error)}.`, {
      cause: error,
    })
  }
  if ((statSync(folder).mode & OTHERS_MAY_WRITE) === 0) return
  throw new ConfigError(`The data folder ${folder} can be written by others: chmod 700 it.`)
}

async function openStore(database: string): Promise<Store> {
  if (!database.startsWith('postgres')) {
    const { openSqlite } = await import('./store/sqlite.ts')
    return openSqlite(database)
  }
  const { openPostgres } = await import('./store/postgres.ts')
  return openPostgres(database).catch((error: unknown) => {
    throw new ConfigError(`The database cannot be opened: ${reason(error)}.`, { cause: error })
  })
}

/** Our own faults, for the operator. Of an error only its stack: the details that a database adds may repeat a row. */
function report(error: unknown, requestId = '-'): void {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  console.error(`${new Date().toISOString()} request ${requestId} failed: ${told}`)
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
