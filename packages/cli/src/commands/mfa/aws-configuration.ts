// The AWS configuration file, for the settings that the SDK for JavaScript leaves to its user.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readText } from '../../read-text.ts'

/** Where AWS's tools look. */
export function configurationFiles() {
  const folder = join(homedir(), '.aws')
  return {
    config: process.env['AWS_CONFIG_FILE'] || join(folder, 'config'),
    credentials: process.env['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials'),
  }
}

/** Whether one of the files has the profile. */
export async function hasProfile(name: string): Promise<boolean> {
  const { config, credentials } = configurationFiles()
  const isNamed = (lines: readonly string[], kind: Kind) =>
    lines.some(line => profileIn(line, kind) === name)
  return (
    isNamed(await linesOf(config), 'config') || isNamed(await linesOf(credentials), 'credentials')
  )
}

/** A setting of a profile in the configuration file; undefined where it has none. */
export async function findSetting(name: string, profile: string): Promise<string | undefined> {
  let section: string | undefined
  for (const line of await linesOf(configurationFiles().config)) {
    section = profileIn(line, 'config') ?? section
    // What is indented belongs to the setting above.
    const [, key, value] = /^(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (section === profile && key === name && value !== '') return value
  }
  return undefined
}

/** None, where there is no file. */
async function linesOf(path: string): Promise<readonly string[]> {
  return existsSync(path) ? (await readText(path)).split(/\r?\n/) : []
}

type Kind = 'config' | 'credentials'

/** The profile whose section begins on the line; empty for another section, such as `[sso-session x]`. */
function profileIn(line: string, kind: Kind): string | undefined {
  const [, title] = /^\[\s*(.*?)\s*\]/.exec(line) ?? []
  if (title === undefined || title === 'default' || kind === 'credentials') return title
  return /^profile\s+["']?(.*?)["']?$/.exec(title)?.[1] ?? ''
}
