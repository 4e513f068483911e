// Whose credentials are used, in the order of the AWS CLI: of the profile on the command line, of keys in the environment, of AWS_PROFILE.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-configure.html#configure-precedence
import { fromEnv, fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { Refusal } from '../../command-errors.ts'
import { HOW_TO_GIVE } from '../../outside-errors.ts'
import { configurationFiles, hasProfile } from './aws-configuration.ts'

type Source = Parameters<typeof fromNodeProviderChain>[0]

/** @param profile as named on the command line */
export function credentialsOf(source: Source, profile: string | undefined) {
  if (profile !== undefined) return fromIni({ ...source, profile })
  return hasKeys() ? fromEnv() : fromNodeProviderChain(source)
}

/**
 * The SDK would look elsewhere, and then name neither the profile nor the files.
 * @throws Refusal when the profile that is meant is in no file
 */
export async function demandProfile(named: string | undefined) {
  const profile = named ?? (hasKeys() ? undefined : process.env['AWS_PROFILE'])
  if (!profile || profile === 'default' || (await hasProfile(profile))) return
  const { config, credentials } = configurationFiles()
  throw new Refusal(`there is no profile ${profile} in ${config} or ${credentials}. ${HOW_TO_GIVE}`)
}

/** The SDK would take AWS_PROFILE for the stronger one, with a warning of nine lines. */
function hasKeys() {
  return ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].every(name => process.env[name])
}
