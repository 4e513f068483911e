// `npm run demo`: a server with a small company in it, made at the first start in ./data-demo. Remove that folder to begin anew.
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Config } from '@twinlock/server'
import { ConfigError, open } from '@twinlock/server'
import { COMPANY } from './demo/company.ts'
import { makeCompany } from './demo/make-company.ts'
import { readDemoConfig } from './demo/options.ts'
import { codesAt, welcome } from './demo/told.ts'

async function demo(config: Config): Promise<void> {
  if (!existsSync(config.database)) {
    console.log(`Making ${COMPANY.name} in ${config.data} …`)
    await makeCompany(config.data, new Date())
  }
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await using twinlock = await open(config)
  console.log(welcome(twinlock.endpoint, config.data))
  using terminal = createInterface({ input: process.stdin })
  terminal.on('line', () => console.log(codesAt(new Date())))
  await ended
}

try {
  await demo(readDemoConfig(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(`demo: ${error.message}`)
  process.exitCode = 1
}
