// The command line of the demo. It takes nothing that could show the server to other machines: everybody knows its passwords.
import { parseArgs } from 'node:util'
import type { Config } from '@twinlock/server'
import { ConfigError, readConfig } from '@twinlock/server'
import { COMPANY } from './company.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1'])

/**
 * The server's configuration. Its environment is left alone: TWINLOCK_LISTEN of another server is not meant for this one.
 * @throws ConfigError with one sentence
 */
export function readDemoConfig(argv: readonly string[]): Config {
  const { data, listen } = parseOptions(argv)
  const config = readConfig(
    ['--data', data, '--listen', listen, '--account-id', COMPANY.accountId],
    {},
  )
  if (LOOPBACK.has(config.host)) return config
  throw new ConfigError(
    `The passwords of the demo are public: it listens on 127.0.0.1 or [::1], and not on ${config.host}.`,
  )
}

function parseOptions(argv: readonly string[]) {
  const options = {
    data: { type: 'string', default: 'data-demo' },
    listen: { type: 'string', default: '127.0.0.1:6238' },
  } as const
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values
  } catch (error) {
    throw new ConfigError('The demo takes --listen HOST:PORT and --data DIR, and nothing else.', {
      cause: error,
    })
  }
}
