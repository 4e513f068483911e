// The store whose keys `twinlock keys` works on: that of `twinlock start` with the same options, whether it runs or not.
import { ConfigError, openKeys, readConfig } from '@twinlock/server'
import type { KeyStore } from '@twinlock/server'
import { Refusal, UsageError } from '../../command-errors.ts'
import type { Values } from '../../command.ts'
import type { Io } from '../../io.ts'
import { START_OPTIONS } from '../start.ts'

export const STORE_OPTIONS = {
  data: { type: 'string', ...START_OPTIONS.data },
  database: { type: 'string', ...START_OPTIONS.database },
  'master-key-file': {
    type: 'string',
    value: 'FILE',
    help: 'holds the master key (default: master.key in DIR)',
  },
} as const

/** Below the description of each command. */
export const SAME_OPTIONS = `The options are those of \`twinlock start\`, and may be given in the environment as there
(TWINLOCK_DATA, TWINLOCK_DATABASE, TWINLOCK_MASTER_KEY_FILE). Servers go on meanwhile.`

type StoreOptions = Values<typeof STORE_OPTIONS>

/** Works on the keys. What the server refuses is told in its own sentence. */
export async function withKeys(
  options: StoreOptions,
  { env }: Io,
  work: (keys: KeyStore) => Promise<void>,
): Promise<void> {
  const config = readStorePlace(options, env)
  try {
    await using keys = await openKeys(config)
    await work(keys)
  } catch (error) {
    throw error instanceof ConfigError ? new Refusal(error.message, { cause: error }) : error
  }
}

/** What else `twinlock start` reads from the environment is not looked at: here nothing depends on it. */
function readStorePlace(options: StoreOptions, env: Io['env']) {
  const names = Object.keys(STORE_OPTIONS) as (keyof StoreOptions)[]
  const given = names.flatMap(name => {
    const value =
      options[name] ?? (env[`TWINLOCK_${name.replaceAll('-', '_').toUpperCase()}`] || undefined)
    return value === undefined ? [] : [`--${name}=${value}`]
  })
  try {
    return readConfig(given, {})
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message, { cause: error }) : error
  }
}
