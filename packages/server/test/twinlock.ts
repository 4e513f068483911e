// A real server in this process, on a temporary data folder, with the real AWS SDK as its client and a clock that tests turn.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import { open, readConfig } from '../src/index.ts'

export type Credentials = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export type TestTwinlock = {
  readonly endpoint: string
  readonly account: string
  readonly root: Credentials
  /** For a second node over the same database. */
  readonly masterKeyFile: string
  readonly clock: TestClock
  /** The SDK's clients as `credentials`, or as root. */
  readonly iam: (credentials?: Credentials) => IAMClient
  readonly sts: (credentials?: Credentials) => STSClient
  /** Writes what the server gathers in memory. */
  readonly flush: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export type TestClock = {
  readonly now: () => Date
  readonly advance: (seconds: number) => void
  /** Seconds since the epoch. */
  readonly seconds: () => number
}

export type TestOptions = {
  /** What an engine's `newDatabase` made; a SQLite file of its own when left out. */
  readonly database?: string
  readonly totpProfile?: 'aws' | 'strict'
  /** More of the command line. */
  readonly argv?: readonly string[]
}

/** Starts a server with a new account 123456789012. The clock stands still until a test turns it. */
export async function startTwinlock(options: TestOptions = {}): Promise<TestTwinlock> {
  const data = await mkdtemp(join(tmpdir(), 'twinlock-'))
  const clock = testClock()
  const { database, totpProfile = 'aws', argv = [] } = options
  const config = readConfig(
    [
      '--data',
      data,
      '--listen',
      '127.0.0.1:0',
      '--account-id',
      '123456789012',
      '--totp-profile',
      totpProfile,
      ...argv,
    ],
    {},
  )
  const twinlock = await open({ ...config, ...(database && { database }) }, clock)
  if (twinlock.made === undefined) throw new Error('the database was not new')
  const { accessKeyId, secretAccessKey } = twinlock.made
  const root = { accessKeyId, secretAccessKey }
  const clients: { destroy: () => void }[] = []

  const settings = (credentials: Credentials) => ({
    endpoint: twinlock.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  })
  const kept = <Client extends { destroy: () => void }>(client: Client) => {
    clients.push(client)
    return client
  }

  return {
    endpoint: twinlock.endpoint,
    account: twinlock.account,
    root,
    masterKeyFile: config.masterKeyFile,
    clock,
    iam: (credentials = root) => kept(followClock(new IAMClient(settings(credentials)), clock)),
    sts: (credentials = root) => kept(followClock(new STSClient(settings(credentials)), clock)),
    flush: twinlock.flush,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy()
      await twinlock[Symbol.asyncDispose]()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** Sets the client's offset anew before each request is signed: it is read when the client is made, and tests turn the clock later. */
function followClock<Client extends IAMClient | STSClient>(
  client: Client,
  clock: TestClock,
): Client {
  // Both clients have the same stack, typed by their own commands.
  const stack = client.middlewareStack as IAMClient['middlewareStack']
  stack.add(
    next => args => {
      client.config.systemClockOffset = clock.now().getTime() - Date.now()
      return next(args)
    },
    { step: 'initialize', name: 'followClock' },
  )
  return client
}

function testClock(): TestClock {
  let now = Date.UTC(2026, 0, 2, 3, 4, 5)
  return {
    now: () => new Date(now),
    advance: seconds => void (now += seconds * 1000),
    seconds: () => Math.floor(now / 1000),
  }
}
