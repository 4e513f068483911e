// The server's configuration: command line first, then TWINLOCK_… in the environment, then defaults. Read once, at the start;
// a wrong value stops it with one clear sentence.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  FactorsError,
  LONGEST_PASSWORD,
  TOTP_PROFILES,
  readAuthenticatorMetadata,
} from '@twinlock/factors'
import type { AuthenticatorMetadata, TotpProfileName } from '@twinlock/factors'
import { ENCODED_MESSAGES } from './authorization/authorization-message.ts'
import type { EncodedMessages } from './authorization/authorization-message.ts'
import type { TrustedProxies } from './http/trusted-proxies.ts'
import { FORWARDED_HEADERS, NO_PROXIES, trustedProxies } from './http/trusted-proxies.ts'
import type { AccountId } from './identifiers/account-id.ts'
import { findAccountId } from './identifiers/account-id.ts'
import { findUnknownVariable, variableOf } from './variables.ts'

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
  /** Whether the operator named it, and so may have put it there before the first start. */
  readonly isMasterKeyNamed: boolean
  readonly totpProfile: TotpProfileName
  /** Who may say where a request came from. */
  readonly trustedProxies: TrustedProxies
  /** How a denial carries its encoded authorization message. */
  readonly encodedMessages: EncodedMessages
  /** Where browsers find the server. Undefined: localhost, at its own port. */
  readonly publicUrl: URL | undefined
  /** PEM of the certificate and its key, to speak TLS itself. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined
  /** How long a sign-in to the console lasts, and how long an unused one. */
  readonly consoleSessionHours: number
  readonly consoleIdleMinutes: number
  /** What is known of models of security keys. */
  readonly fidoMetadata: AuthenticatorMetadata
  /** Days in which root may sign in without a device. */
  readonly rootMfaGraceDays: number
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
  'public-url': ['URL', 'where browsers find it, for sign-in (default http://localhost:PORT)'],
  'tls-cert': ['FILE', 'certificate chain in PEM, to speak TLS without a proxy'],
  'tls-key': ['FILE', "the certificate's private key"],
  'fido-metadata': ['FILE', 'models of security keys and their certifications, as JSON'],
  'console-session-hours': [
    'HOURS',
    'how long a sign-in to the console lasts, 1 to 12 (default 12)',
  ],
  'console-idle-minutes': ['MINUTES', 'how long an unused one lasts, 1 to 720 (default 60)'],
  'root-mfa-grace-days': [
    'DAYS',
    'in which root may sign in without MFA, from its first sign-in (default 35; 0: never)',
  ],
} as const

type Option = keyof typeof OPTIONS

/** @throws ConfigError with one sentence */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const values = readOptions(argv)
  refuseUnknownVariable(env)
  const read = (option: Option) => values[option] ?? (env[variableOf(option)] || undefined)

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
    isMasterKeyNamed: read('master-key-file') !== undefined,
    totpProfile: parseProfile(read('totp-profile') ?? 'aws'),
    trustedProxies: parseProxies(read('trusted-proxies'), read('forwarded-header')),
    encodedMessages: parseOneOf(
      'encoded-authorization-messages',
      ENCODED_MESSAGES,
      read('encoded-authorization-messages') ?? 'header',
    ),
    publicUrl: parsePublicUrl(read('public-url')),
    fidoMetadata: readMetadata(read('fido-metadata')),
    tls: readTls(read('tls-cert'), read('tls-key')),
    consoleSessionHours: parseWhole('console-session-hours', read('console-session-hours'), {
      absent: 12,
      min: 1,
      max: 12,
    }),
    consoleIdleMinutes: parseWhole('console-idle-minutes', read('console-idle-minutes'), {
      absent: 60,
      min: 1,
      max: 720,
    }),
    rootMfaGraceDays: parseWhole('root-mfa-grace-days', read('root-mfa-grace-days'), {
      absent: 35,
      min: 0,
      max: 365,
    }),
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

/** A misspelt one would leave a default in force that somebody thinks is changed. */
function refuseUnknownVariable(env: Readonly<Record<string, string | undefined>>): void {
  const unknown = findUnknownVariable(env, Object.keys(OPTIONS))
  if (unknown === undefined) return
  const { name, meant } = unknown
  throw new ConfigError(`${name} is no option${meant ? `; is ${meant} meant?` : '.'}`)
}

const firstSentence = (text: string) => (text.split(/\.\s/)[0] ?? text).replace(/\.?$/, '.')

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

/** Security keys are bound to a name: no browser gives them to an address, and to plain HTTP only on the machine itself. */
function parsePublicUrl(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  const isPlain = url?.pathname === '/' && url.search + url.hash + url.username === ''
  const isSecure = url?.protocol === 'https:' || isLocalhost(url)
  if (url !== null && isPlain && isSecure && !isAddress(url.hostname)) return url
  throw new ConfigError(
    `--public-url wants https:// and a host name without a path, or http://localhost:PORT, not ${text}.`,
  )
}

const isLocalhost = (url: URL | null) =>
  url?.protocol === 'http:' && /(^|\.)localhost$/.test(url.hostname)

const isAddress = (hostname: string) => hostname.startsWith('[') || isIP(hostname) !== 0

function readTls(certFile: string | undefined, keyFile: string | undefined): Config['tls'] {
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined || keyFile === undefined) {
    throw new ConfigError('--tls-cert and --tls-key are wanted together.')
  }
  const [cert, key] = [readGivenFile('tls-cert', certFile), readGivenFile('tls-key', keyFile)]
  try {
    process.getBuiltinModule('node:tls').createSecureContext({ cert, key })
  } catch (error) {
    throw new ConfigError(
      '--tls-cert and --tls-key want a certificate and its own private key, in PEM.',
      { cause: error },
    )
  }
  return { cert, key }
}

function readMetadata(file: string | undefined): AuthenticatorMetadata {
  if (file === undefined) return new Map()
  const text = readGivenFile('fido-metadata', file).toString('utf8')
  try {
    return readAuthenticatorMetadata(text)
  } catch (error) {
    if (error instanceof FactorsError) throw new ConfigError(error.message, { cause: error })
    throw error
  }
}

function readGivenFile(option: Option, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new ConfigError(`--${option} ${file} cannot be read.`, { cause: error })
  }
}

function parseWhole(
  option: Option,
  text: string | undefined,
  { absent, min, max }: { readonly absent: number; readonly min: number; readonly max: number },
): number {
  if (text === undefined) return absent
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new ConfigError(`--${option} wants a whole number from ${min} to ${max}, not ${text}.`)
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
  if (password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD) return password
  throw new ConfigError(
    `--root-password-file ${file} must hold a password of ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
  )
}
