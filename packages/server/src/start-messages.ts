// What `twinlock start` says to whoever started it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { profileFolder, reachableEndpoint } from './aws-profile.ts'
import type { Config } from './config.ts'
import type { NewAccount } from './first-start.ts'
import { NO_PROXIES } from './http/trusted-proxies.ts'
import { publicOrigin } from './web/public-origin.ts'

/** What the first start made. The password is in no other place. */
export function firstStartMessage(config: Config, endpoint: string, made: NewAccount): string {
  const folder = profileFolder(config)
  const place = config.database.startsWith(join(config.data, '')) ? config.data : 'PostgreSQL'
  const password =
    made.rootPassword === undefined ? [] : [`  Password  ${made.rootPassword}   shown this once`]
  return [
    `Made account ${made.accountId} in ${place}.`,
    '',
    `  Sign in   ${signInOf(config, endpoint)} as root user ${config.rootEmail}`,
    ...password,
    `  Back up   ${config.masterKeyFile}, apart from the database: without it nothing opens`,
    '',
    'On the command line root is the profile `root`:',
    '',
    `  export AWS_CONFIG_FILE=${folder}/config AWS_SHARED_CREDENTIALS_FILE=${folder}/credentials`,
    `  aws --profile root --endpoint-url ${reachableEndpoint(config, endpoint)} sts get-caller-identity`,
    '',
  ].join('\n')
}

export const servingMessage = (config: Config, endpoint: string, account: string): string =>
  `Twinlock ${version()} answers for account ${account} on ${endpoint}; sign in at ${signInOf(config, endpoint)}`

/** What an operator may not have thought of, beyond the machine itself. */
export function startWarnings(config: Config, endpoint: string): readonly string[] {
  const { host, port, hostname } = new URL(endpoint)
  if (/^127\.|^\[::1\]$/.test(hostname)) return []
  const isPlain = config.tls === undefined && config.trustedProxies === NO_PROXIES
  return [
    ...(isPlain
      ? [
          `Warning: ${host} is reached over plain HTTP: secrets travel readable. Give --tls-cert and --tls-key, or a proxy (docs/guides/behind-a-proxy.md).`,
        ]
      : []),
    ...(config.publicUrl === undefined
      ? [
          `Warning: browsers are led to localhost:${port}, which is their own machine: give --public-url to sign in from others.`,
        ]
      : []),
  ]
}

const signInOf = ({ publicUrl }: Config, endpoint: string) =>
  publicOrigin(publicUrl, endpoint).origin

function version(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
  )
  return (manifest as { readonly version: string }).version
}
