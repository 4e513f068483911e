// The AWS profile `root`, which leads the `aws` command here: DIR/aws/config and DIR/aws/credentials. What else is in these files belongs
// to whoever wrote it.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from './config.ts'
import { makePrivateFolder, writePrivateFile } from './private-file.ts'

type Settings = Readonly<Record<string, string>>

/** The folder of the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE shall name. */
export const profileFolder = ({ data }: Config) => join(data, 'aws')

/** Root's access key, in the profile `root`. */
export function writeCredentials(
  config: Config,
  key: { readonly accessKeyId: string; readonly secretAccessKey: string },
): void {
  writeSection(join(profileFolder(config), 'credentials'), 'root', {
    aws_access_key_id: key.accessKeyId,
    aws_secret_access_key: key.secretAccessKey,
  })
}

/** Leads the profile `root` to the server. Done at every start: the address may be a new one. */
export function writeProfile(config: Config, endpoint: string): void {
  writeSection(join(profileFolder(config), 'config'), 'profile root', {
    region: config.region,
    output: 'json',
    endpoint_url: reachableEndpoint(config, endpoint),
  })
}

/** Where programs reach a server that answers on `endpoint`: an address that stands for all addresses is none to call. */
export function reachableEndpoint({ publicUrl }: Config, endpoint: string): string {
  if (publicUrl !== undefined) return publicUrl.origin
  return endpoint.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}

function writeSection(file: string, name: string, settings: Settings): void {
  makePrivateFolder(dirname(file))
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = withSettings(before, name, settings)
  if (after !== before) writePrivateFile(file, after)
}

/** The INI `text` with these settings in its section `[name]`, and all else as it was. */
export function withSettings(text: string, name: string, settings: Settings): string {
  const ours = Object.entries(settings).map(([key, value]) => `${key} = ${value}`)
  const sections = text.split(/^(?=[ \t]*\[)/m)
  const at = sections.findIndex(section => nameOf(section) === name)
  if (at === -1) return [text && `${text.trimEnd()}\n\n`, `[${name}]\n`, ...lined(ours)].join('')
  const [header = '', ...theirs] = (sections[at] ?? '').split(/\r?\n/)
  const kept = theirs.filter(line => !Object.hasOwn(settings, keyOf(line)))
  return sections.with(at, [header, ...ours, ...kept].join('\n')).join('')
}

const lined = (lines: readonly string[]) => lines.map(line => `${line}\n`)

/** `[profile "root"]` and `[ profile root ]` are `[profile root]`. */
const nameOf = (section: string) =>
  /^[ \t]*\[([^\]\n]*)\]/.exec(section)?.[1]?.replaceAll(/["']/g, '').trim().replaceAll(/\s+/g, ' ')

const keyOf = (line: string) => /^([^\s=]+)[ \t]*=/.exec(line)?.[1] ?? ''
