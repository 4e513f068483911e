// Which IAM is spoken to, and as whom: the options and the SDK's own chain of credentials, as for any AWS tool.
import { IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { Interrupted, Refusal } from '../../command-errors.ts'
import type { Options, Values } from '../../command.ts'
import type { Questions } from '../../terminal/questions.ts'
import { shellWord } from '../../terminal/shell-word.ts'
import { onlyAnswersOfIam } from './answer-of-iam.ts'
import { connectionOf } from './connection.ts'
import { credentialsOf, demandProfile } from './credentials.ts'

/** The options of every command that speaks to an endpoint, named as the AWS CLI names them. */
export const ENDPOINT_OPTIONS = {
  profile: { type: 'string', value: 'PROFILE', help: 'a profile of the AWS configuration' },
  'endpoint-url': {
    type: 'string',
    value: 'URL',
    help: 'where IAM and STS are (default: as configured, or AWS)',
  },
  region: { type: 'string', value: 'REGION', help: 'the region that requests are signed for' },
} as const satisfies Options

export type Endpoint = Disposable & { readonly iam: IAMClient; readonly sts: STSClient }

/** IAM has one region in each partition; this is the one that AWS's own is signed for. */
const IAM_REGION = 'us-east-1'

/** Before the answer is parsed. */
const NEXT_TO_THE_WIRE = { step: 'deserialize', priority: 'low' } as const

/** @param questions where a profile with `mfa_serial` gets its code from */
export async function openEndpoint(
  values: Values<typeof ENDPOINT_OPTIONS>,
  questions: Questions,
): Promise<Endpoint> {
  const { profile, region, 'endpoint-url': endpoint } = values
  // The SDK looks for a profile's endpoint_url under this name alone, and not under its own option.
  if (profile !== undefined) process.env['AWS_PROFILE'] = profile
  await demandProfile(profile)
  const given = {
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint: parseEndpoint(endpoint) }),
    requestHandler: await connectionOf(process.env['AWS_PROFILE'] || 'default'),
  }
  const configuration = { ...given, region: region ?? (await configuredRegion(given)) }
  const source = {
    clientConfig: configuration,
    mfaCodeProvider: async (serial: string) => {
      const code = await questions.ask(`Enter MFA code for ${serial}: `)
      if (code === undefined) throw new Interrupted('Nothing was done.')
      return code
    },
  }
  const credentials = credentialsOf(source, profile)
  const iam = new IAMClient({ ...configuration, credentials })
  const sts = new STSClient({ ...configuration, credentials })
  iam.middlewareStack.add(onlyAnswersOfIam, NEXT_TO_THE_WIRE)
  sts.middlewareStack.add(onlyAnswersOfIam, NEXT_TO_THE_WIRE)
  return {
    iam,
    sts,
    [Symbol.dispose]: () => {
      iam.destroy()
      sts.destroy()
    },
  }
}

function parseEndpoint(text: string) {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return text
  throw new Refusal(
    `\`${text}\` is not the URL of an endpoint: it begins with http:// or https://.`,
  )
}

/** The region of the environment or the profile. Nobody needs to have one for a service without regions. */
async function configuredRegion(given: { readonly profile?: string }) {
  const client = new IAMClient(given)
  try {
    return await client.config.region()
  } catch {
    return IAM_REGION
  } finally {
    client.destroy()
  }
}

/**
 * The name of the user whose credentials are used. STS answers this whatever the user's policies are.
 * @throws Refusal when they are not a user's
 */
export async function ownUserName({ sts }: Endpoint): Promise<string> {
  const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}))
  const resource = Arn.split(':').slice(5).join(':')
  if (resource.startsWith('user/')) return resource.slice(resource.lastIndexOf('/') + 1)
  throw new Refusal(
    resource === 'root'
      ? `${Arn} is the root user, whose MFA devices AWS manages in the console alone; for a user, say --user-name.`
      : `${Arn} is not a user: say for whom with --user-name.`,
  )
}

/** What to add to an `aws` command so that it speaks to the same endpoint as the same profile. */
export function awsCliOptions(values: Values<typeof ENDPOINT_OPTIONS>) {
  const names = ['profile', 'endpoint-url', 'region'] as const
  return names.flatMap(name => {
    const value = values[name]
    return value === undefined ? [] : [`--${name}`, shellWord(value)]
  })
}
