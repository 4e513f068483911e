// Makes the demo's company: its past is played on a server whose clock is turned, through the operations that everybody has.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@twinlock/server'
import { readConfig } from '@twinlock/server'
import { COMPANY } from './company.ts'
import { foundCompany } from './found-company.ts'
import { PAST } from './past.ts'
import { ROOT_PASSWORD } from './public-secrets.ts'
import { plantSeeds } from './plant-seeds.ts'
import type { TurnedClock } from './turned-clock.ts'
import { turnedClock } from './turned-clock.ts'
import type { Credentials, World } from './world.ts'
import { openWorld } from './world.ts'

/**
 * @param data the folder of the account; it is there when all is made, and not before
 * @param today when the past ends
 */
export async function makeCompany(data: string, today: Date): Promise<void> {
  const unfinished = `${data}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const config = configOf(unfinished)
  const clock = turnedClock(today, COMPANY.founded)
  const { root, seeds } = await found(config, clock)
  await plantSeeds(config, seeds, clock.now())
  const accessKeys = await play(config, clock, root)
  writeProfiles(unfinished, config.region, accessKeys)
  renameSync(unfinished, data)
}

/** Nobody finds the server while it is made: its port is any free one. */
const configOf = (data: string): Config => ({
  ...readConfig(['--data', data, '--listen', '127.0.0.1:0', '--account-id', COMPANY.accountId], {}),
  rootEmail: COMPANY.rootEmail,
  rootPassword: ROOT_PASSWORD,
})

async function found(config: Config, clock: TurnedClock) {
  await using world = await openWorld(config, clock)
  return { root: world.root, seeds: await foundCompany(world.iam()) }
}

async function play(
  config: Config,
  clock: TurnedClock,
  root: Credentials,
): Promise<World['accessKeys']> {
  await using world = await openWorld(config, clock, root)
  for (const { daysAgo, happen } of PAST) {
    clock.turnTo(daysAgo)
    await happen(world)
  }
  return world.accessKeys
}

/** AWS profiles of all who have an active access key. Root's, which the first start wrote, is gone. */
function writeProfiles(data: string, region: string, accessKeys: World['accessKeys']): void {
  const profiles = [...accessKeys].map(([userName, { accessKeyId, secretAccessKey }]) =>
    [
      `[${userName}]`,
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
      `region = ${region}`,
      '',
    ].join('\n'),
  )
  writeFileSync(join(data, 'aws/credentials'), profiles.join('\n'), { mode: 0o600 })
}
