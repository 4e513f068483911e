// The server's configuration: command line first, then TWINLOCK_… in the environment, then defaults. Read once, at the start;
// a wrong value stops it with one clear sentence.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { TOTP_PROFILES } from '@twinlock/factors'
import type { TotpProfileName } from '@twinlock/factors'
import { ENCODED_MESSAGES } from './authorization/authorization-message.ts'
import type { EncodedMessages } from './authorization/authorization-message.ts'
import type { TrustedProxies } from './http/trusted-proxies.ts'
import { FORWARDED_HEADERS, NO_PROXIES, trustedProxies } from './http/trusted-proxies.ts'
import type { AccountId } from './identifiers/account-id.ts'
import { findAccountId } from './identifiers/account-id.ts'

export type Config = {
  /** Folder of the database, the master key and the AWS profile of root. */
  readonly data: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** File of SQLite, or a `postgres://` URL. */
  readonly database: string
  /** For the first start. Undefined: a random one. */
  readonly accountId: AccountId | undefined
  readonly rootEmail: string
  /** For the first start. Undefined: a random one, printed once. */
  readonly rootPassword: string | undefined
  /** The region that the generated profile names. */
  readonly region: string
  readonly masterKeyFile: string
  readonly totpProfile: TotpProfileName
  /** Who may say where a request came from. */
  readonly trustedProxies: TrustedProxies
  /** How a denial carries its encoded authorization message. */
  readonly encodedMessages: EncodedMessages
}

/** A value that the server cannot start with. The message is for the person who typed it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Each option: what its value is called, and what it means. It may also stand in the environment: `--account-id` as TWINLOCK_ACCOUNT_ID. */
export const OPTIONS = {
  data: ['DIR', 'folder of the database, the master key and the root profile (default ./data)'],
  listen: ['HOST:PORT', 'address to answer on (default 127.0.0.1:6238)'],
  database: ['URL', 'postgres://… (default: SQLite in the data folder)'],
  'account-id': ['ID', 'twelve digits, for the first start (default: random)'],
  'root-email': ['EMAIL', "the root user's, for the first start (default root@example.com)"],
  'root-password-file': [
    'FILE',
    "root's password, for the first start (default: random, printed once)",
  ],
  region: ['REGION', 'named by the generated AWS profile (default us-east-1)'],
  'master-key-file': ['FILE', 'the master key, made at the first start (default DIR/master.key)'],
  'totp-profile': ['NAME', "how codes are judged: 'aws' as AWS does (default), or 'strict'"],
  'trusted-proxies': ['CIDR,…', 'proxies that may say where a request came from (default: none)'],
  'forwarded-header': [
    'NAME',
    "the header in which they say it: 'x-forwarded-for' (default) or 'forwarded'",
  ],
  'encoded-authorization-messages': [
    'WHERE',
    "how a denial explains itself to administrators: in a 'header' (default), its 'text', or 'off'",
  ],
} as const

type Option = keyof typeof OPTIONS

const environmentName = (option: string) => `TWINLOCK_${option.replaceAll('-', '_').toUpperCase()}`

/** @throws ConfigError with one sentence */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const values = readOptions(argv)
  const read = (option: Option) => values[option] ?? (env[environmentName(option)] || undefined)

  const data = resolve(read('data') ?? 'data')
  const database = read('database') ?? join(data, 'twinlock.sqlite')
  const { host, port } = parseListen(read('listen') ?? '127.0.0.1:6238')
  const passwordFile = read('root-password-file')
  return {
    data,
    host,
    port,
    database: parseDatabase(database, read('database') !== undefined),
    accountId: parseAccount(read('account-id')),
    rootEmail: parseEmail(read('root-email') ?? 'root@example.com'),
    rootPassword: passwordFile === undefined ? undefined : readPassword(passwordFile),
    region: parseRegion(read('region') ?? 'us-east-1'),
    masterKeyFile: resolve(read('master-key-file') ?? join(data, 'master.key')),
    totpProfile: parseProfile(read('totp-profile') ?? 'aws'),
    trustedProxies: parseProxies(read('trusted-proxies'), read('forwarded-header')),
    encodedMessages: parseOneOf(
      'encoded-authorization-messages',
      ENCODED_MESSAGES,
      read('encoded-authorization-messages') ?? 'header',
    ),
  }
}

function readOptions(argv: readonly string[]): Partial<Record<Option, string>> {
  const options = Object.fromEntries(
    Object.keys(OPTIONS).map(option => [option, { type: 'string' as const }]),
  )
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new ConfigError(error instanceof Error ? firstSentence(error.message) : String(error))
  }
}

const firstSentence = (text: string) => (text.split('. ')[0] ?? text).replace(/\.?$/, '.')

function parseListen(text: string) {
  const match = /^(\[[\da-fA-F:]+\]|[^:\s]+):(\d{1,5})$/.exec(text)
  const host = match?.[1]?.replaceAll(/[[\]]/g, '')
  const port = Number(match?.[2])
  if (host === undefined || port > 65_535) {
    throw new ConfigError(`--listen wants HOST:PORT with a port up to 65535, not ${text}.`)
  }
  return { host, port }
}

function parseDatabase(text: string, given: boolean): string {
  if (!given || /^postgres(ql)?:\/\/./.test(text)) return text
  // The URL may hold a password: it is not repeated.
  throw new ConfigError('--database wants a URL that begins with postgres://.')
}

function parseAccount(text: string | undefined): AccountId | undefined {
  if (text === undefined) return undefined
  const account = findAccountId(text)
  if (account === undefined) throw new ConfigError(`--account-id wants twelve digits, not ${text}.`)
  return account
}

function parseEmail(text: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 254) return text
  throw new ConfigError(`--root-email wants an e-mail address, not ${text}.`)
}

function parseRegion(text: string): string {
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(text)) return text
  throw new ConfigError(`--region wants the name of an AWS region, such as us-east-1, not ${text}.`)
}

function parseProfile(text: string): TotpProfileName {
  if (text === 'aws' || text === 'strict') return text
  const names = Object.keys(TOTP_PROFILES).join(' or ')
  throw new ConfigError(`--totp-profile wants ${names}, not ${text}.`)
}

function parseProxies(text: string | undefined, headerText = 'x-forwarded-for'): TrustedProxies {
  const header = parseOneOf('forwarded-header', FORWARDED_HEADERS, headerText.toLowerCase())
  if (text === undefined) return NO_PROXIES
  const blocks = text.split(',').map(block => block.trim())
  const proxies = trustedProxies(blocks, header)
  if (!('wrong' in proxies)) return proxies
  throw new ConfigError(
    `--trusted-proxies wants IP addresses and CIDR blocks apart with commas, and of those none that holds every address, not ${proxies.wrong || 'nothing'}.`,
  )
}

function parseOneOf<Name extends string>(
  option: Option,
  names: readonly Name[],
  text: string,
): Name {
  const found = names.find(name => name === text)
  if (found !== undefined) return found
  throw new ConfigError(`--${option} wants ${names.join(' or ')}, not ${text}.`)
}

const SHORTEST_PASSWORD = 8

function readPassword(file: string): string {
  let password: string
  try {
    password = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new ConfigError(`--root-password-file ${file} cannot be read.`, { cause: error })
  }
  if (password.length >= SHORTEST_PASSWORD) return password
  throw new ConfigError(
    `--root-password-file ${file} must hold a password of at least ${SHORTEST_PASSWORD} characters.`,
  )
}
