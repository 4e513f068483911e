// `twinlock start`: the service itself lives in @twinlock/server, which parses its options.
import { ConfigError, readConfig, start as serve } from '@twinlock/server'
import { Refusal, UsageError } from '../command-errors.ts'
import { type Command, type Explained, explain } from '../command.ts'

/** What the server's `readConfig` knows, for the help text. */
export const START_OPTIONS = {
  data: { value: 'DIR', help: 'where everything is kept (default ./data)' },
  listen: { value: 'HOST:PORT', help: 'where to answer (default 127.0.0.1:6238)' },
  database: { value: 'URL', help: 'postgres://… (default: SQLite in DIR)' },
  'account-id': { value: 'ID', help: 'twelve digits, for the first start (default: random)' },
  'root-email': { value: 'EMAIL', help: 'the root user’s, for the first start' },
  'root-password-file': {
    value: 'FILE',
    help: 'holds the root user’s password, for the first start (default: a random one, printed once)',
  },
  region: { value: 'REGION', help: 'the region that the generated profile names' },
  'master-key-file': {
    value: 'FILE',
    help: 'holds the key that seals secrets at rest, made at the first start (default: in DIR)',
  },
  'totp-profile': {
    value: 'NAME',
    help: 'how codes are judged: aws, as AWS does (default), or strict',
  },
  'trusted-proxies': {
    value: 'CIDR,…',
    help: 'proxies that may say where a request came from (default: none)',
  },
  'forwarded-header': {
    value: 'NAME',
    help: 'the header in which they say it: x-forwarded-for (default) or forwarded',
  },
  'encoded-authorization-messages': {
    value: 'WHERE',
    help: 'how a denial explains itself to administrators: in a header (default), its text, or off',
  },
  'public-url': {
    value: 'URL',
    help: 'where browsers find the sign-in pages (default http://localhost:PORT)',
  },
  'tls-cert': { value: 'FILE', help: 'certificate chain in PEM, to speak TLS without a proxy' },
  'tls-key': { value: 'FILE', help: 'the certificate’s private key' },
  'fido-metadata': {
    value: 'FILE',
    help: 'models of security keys and their certifications, as JSON',
  },
  'console-session-hours': {
    value: 'HOURS',
    help: 'how long a sign-in to the console lasts (default 12)',
  },
  'console-idle-minutes': {
    value: 'MINUTES',
    help: 'how long an unused one lasts (default 60)',
  },
  'root-mfa-grace-days': {
    value: 'DAYS',
    help: 'in which root may sign in without MFA, from its first sign-in (default 35; 0: never)',
  },
} as const satisfies { readonly [name: string]: Explained }

export const start: Command = {
  help: name => `usage: ${name} [options]

Starts the identity service and serves until SIGTERM or Ctrl-C. The first start makes the account,
its root user, the master key, and DIR/aws/config and DIR/aws/credentials with a profile \`root\`.
Each option may be given in the environment instead: --data as TWINLOCK_DATA, --account-id as
TWINLOCK_ACCOUNT_ID, and so on.

${explain(START_OPTIONS)}`,

  run: async (args, { env }) => {
    refuseWrongOptions(args, env)
    try {
      await serve({ argv: args, env })
    } catch (error) {
      throw error instanceof ConfigError ? new Refusal(error.message, { cause: error }) : error
    }
  },
}

/** What is wrong with the options themselves is a wrong command line, before anything is opened. */
function refuseWrongOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
) {
  try {
    readConfig(args, env)
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message, { cause: error }) : error
  }
}
