// Where the pieces meet. Read this file first, then http/spine.ts.
import { statSync } from 'node:fs'
import { once } from 'node:events'
import { TOTP_PROFILES } from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import { trail } from './audit/trail.ts'
import { authenticator } from './authentication/authenticate.ts'
import { lastUse } from './authentication/last-use.ts'
import { liveTokens, withLiveKeys } from './authentication/live-keys.ts'
import { SWEEP_EVERY_MS, sweep } from './authentication/sweep.ts'
import { totpLedger } from './authentication/totp-ledger.ts'
import { denialEncoder } from './authorization/authorization-message.ts'
import { authorizer } from './authorization/authorizer.ts'
import { principals } from './authorization/principals.ts'
import { writeCredentials, writeProfile } from './aws-profile.ts'
import { inBackground } from './background.ts'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { ConfigError, readConfig } from './config.ts'
import type { NewAccount } from './first-start.ts'
import { fairTurns } from './fair-turns.ts'
import { makeAccount, refuseForgottenAccount } from './first-start.ts'
import { frontDoor } from './front-door.ts'
import { spine } from './http/spine.ts'
import { parseAccountId } from './identifiers/account-id.ts'
import { pooledRandom } from './identifiers/random.ts'
import { hasDataKeys } from './keyring/data-keys.ts'
import { IDLE_KEY_CHECK_MS } from './keyring/key-times.ts'
import { openLiveKeyring } from './keyring/live-keyring.ts'
import { readMasterKey } from './keyring/master-key.ts'
import { lastingFailure } from './lasting-failure.ts'
import { openStore } from './open-store.ts'
import { makePrivateFolder } from './private-file.ts'
import { firstStartMessage, servingMessage, startWarnings } from './start-messages.ts'
import { checkpoint } from './store/checkpoint.ts'
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

/** Fewer than the writers of PostgreSQL: codes, throttles and the audit need some, too. */
const CHANGES_AT_ONCE = 6

/** Of one caller: each holds a request's memory, and is performed long after it was sent. */
const MOST_CHANGES_IN_LINE = 100

/** How often SQLite's log is moved into the database. */
const CHECKPOINT_EVERY_MS = 60_000

/**
 * @param tell hears what the first start makes, before it is committed: afterwards nobody could tell the password
 * @throws ConfigError with one sentence when it cannot start as configured
 */
export async function open(
  config: Config,
  clock: Clock = systemClock,
  tell: (made: NewAccount, endpoint: string) => void = () => undefined,
): Promise<Twinlock> {
  await using opening = new AsyncDisposableStack()
  const door = opening.use(await frontDoor(config, clock, report))
  makeDataFolder(config.data)
  const random = pooledRandom()
  const store = opening.use(await openStore(config.database))
  const isNew = !(await hasDataKeys(store))
  if (isNew) refuseForgottenAccount(config)
  const masterKey = readMasterKey(config.masterKeyFile, isNew, random)
  const readAgain = () => readMasterKey(config.masterKeyFile, false, random)
  const keyring = await openLiveKeyring(store, { masterKey, readAgain, random, clock })
  const made = await makeAccount(store, keyring, config, random, clock.now(), account => {
    orRefuse(() => writeCredentials(config, account))
    tell(account, door.endpoint)
  })
  if (made !== undefined) await checkpoint(store).catch(report)
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
  const tokens = liveTokens(keyring)
  const uses = lastUse(store)
  const records = trail(store, account, report)
  const flush = async () => {
    // One that fails must not keep the other from being written.
    const outcomes = await Promise.allSettled([records.flush(clock.now()), uses.flush()])
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }
  const repeat = (what: string, everyMs: number, work: () => Promise<void>) =>
    opening.use(inBackground(everyMs, work, lastingFailure(what, clock, log)))
  repeat('Writing the audit and last uses', WRITE_AFTER_MS, flush)
  repeat('Looking for new keys', IDLE_KEY_CHECK_MS, () => keyring.refresh(clock.now()))
  repeat('Sweeping', SWEEP_EVERY_MS, () => sweep(store, account, clock.now()))
  repeat('Moving the log', CHECKPOINT_EVERY_MS, () => checkpoint(store))

  const parts = {
    store,
    clock,
    principals: cache,
    authenticator: withLiveKeys(keyring, authenticator(cache, tokens)),
    changesInTurn: fairTurns(CHANGES_AT_ONCE, MOST_CHANGES_IN_LINE, tooManyChanges),
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
  const web: LazyWebDoor = opening.use(
    webDoor(() => ({ ...parts, account, config, endpoint: door.endpoint })),
  )
  orRefuse(() => writeProfile(config, door.endpoint))
  door.open({
    spine: spine(parts),
    async web(message, response, connection) {
      await keyring.refresh(clock.now())
      await web.serve(message, response, connection)
    },
  })
  // Closed before all that its visitors need, and long before its own turn.
  opening.use(door)
  const opened = opening.move()
  return {
    endpoint: door.endpoint,
    account,
    made,
    flush,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const tooManyChanges = () => new AwsError('Throttling', 'Rate exceeded')

/** What ends a server in order. SIGHUP is that of a terminal that closes. */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What `twinlock start` does: serves until it is asked to end. Resolves when everything is written and closed. */
export async function start({ argv, env }: Start): Promise<void> {
  const config = readConfig(argv, env)
  const ended = Promise.race(ENDINGS.map(signal => once(process, signal)))
  await using twinlock = await open(config, systemClock, (made, endpoint) =>
    console.log(firstStartMessage(config, endpoint, made)),
  )
  console.log(servingMessage(config, twinlock.endpoint, twinlock.account))
  for (const warning of startWarnings(config, twinlock.endpoint)) console.warn(warning)
  await ended
}

export type Start = {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

const OTHERS_MAY_WRITE = 0o022

function makeDataFolder(folder: string): void {
  try {
    makePrivateFolder(folder)
  } catch (error) {
    throw new ConfigError(`The data folder ${folder} cannot be made: ${reason(error)}.`, {
      cause: error,
    })
  }
  if ((statSync(folder).mode & OTHERS_MAY_WRITE) === 0) return
  throw new ConfigError(`The data folder ${folder} can be written by others: chmod 700 it.`)
}

function orRefuse(writeFile: () => void): void {
  try {
    writeFile()
  } catch (error) {
    throw new ConfigError(`The AWS profile of root cannot be written: ${reason(error)}.`, {
      cause: error,
    })
  }
}

/** Our own faults, for the operator. Of an error only its stack: the details that a database adds may repeat a row. */
function report(error: unknown, requestId = '-'): void {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log(`request ${requestId} failed: ${told}`)
}

const log = (text: string) => console.error(`${new Date().toISOString()} ${text}`)

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
