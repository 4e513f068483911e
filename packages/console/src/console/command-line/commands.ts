// The commands that lead the `aws` command here, ready to be copied. Texts alone: what they need is given.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html

export type CommandFacts = {
  /** Where this server answers. */
  readonly endpoint: string
  readonly region: string
  /** Of the `aws` command's configuration. */
  readonly profile: string
  /** The person's device with codes; undefined: there is none yet. */
  readonly serialNumber: string | undefined
  readonly account: string
}

export type Command = {
  readonly title: string
  readonly why: string
  readonly text: string
}

/** Any code that the person types instead. */
const CODE = '123456'

/** Whatever a shell might read something into stands in single quotes. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

export function setUpCommands({ endpoint, region, profile }: CommandFacts): readonly Command[] {
  const name = quoted(profile)
  return [
    {
      title: 'Set up a profile',
      why: 'It asks for an access key of yours, and leads every command with this profile here.',
      text: [
        `aws configure set endpoint_url ${quoted(endpoint)} --profile ${name}`,
        `aws configure set region ${quoted(region)} --profile ${name}`,
        `aws configure --profile ${name}`,
      ].join('\n'),
    },
    {
      title: 'Ask who you are',
      why: 'The answer names your account and your ARN.',
      text: `aws sts get-caller-identity --profile ${name}`,
    },
  ]
}

export function mfaCommands({ profile, serialNumber }: CommandFacts): readonly Command[] {
  if (serialNumber === undefined) return []
  const name = quoted(profile)
  const device = quoted(serialNumber)
  return [
    {
      title: 'Sign in with MFA',
      why: 'Temporary credentials of a session with MFA go to a profile of their own, whose name you choose. Needs version 2.30.3 of the aws command.',
      text: `aws configure mfa-login --serial-number ${device} --profile ${name}`,
    },
    {
      title: 'Get temporary credentials',
      why: 'For every version of the aws command. Replace the code by the one that your device shows.',
      text: `aws sts get-session-token --serial-number ${device} --token-code ${CODE} --profile ${name}`,
    },
  ]
}

/** A profile in `~/.aws/config` whose role is assumed with MFA; the `aws` command asks for the code by itself. */
export function roleProfile(
  { profile, serialNumber, account, endpoint, region }: CommandFacts,
  roleName: string,
): string {
  return [
    `[profile ${profile}-${roleName.split('/').at(-1)}]`,
    `role_arn = arn:aws:iam::${account}:role/${roleName}`,
    `source_profile = ${profile}`,
    ...(serialNumber === undefined ? [] : [`mfa_serial = ${serialNumber}`]),
    `endpoint_url = ${endpoint}`,
    `region = ${region}`,
  ].join('\n')
}
