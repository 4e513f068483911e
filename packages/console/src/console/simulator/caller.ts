// Whoever asks, as policies see them: their names, and the condition keys that every request of theirs has.
import type { PrincipalFacts } from '@twinlock/policy'
import type { Principal } from './account.ts'

export const factsOf = ({ kind, arn, id, path }: Principal): PrincipalFacts => ({
  kind,
  account: accountIn(arn),
  arns: [arn],
  ids: [id],
  isRoot: false,
  ...(path.startsWith('/aws-service-role/') && { isServiceLinked: true }),
})

/** @param context goes before what is known of the caller */
export function keysOf(
  { kind, arn, id, name, tags }: Principal,
  context: readonly (readonly [key: string, value: string])[],
  now: Date,
): ReadonlyMap<string, string> {
  const own: readonly (readonly [string, string])[] =
    kind === 'user'
      ? [
          ['aws:principaltype', 'User'],
          ['aws:username', name],
          ['aws:userid', id],
        ]
      : [['aws:principaltype', 'AssumedRole']]
  return new Map([
    ['aws:principalarn', arn],
    ['aws:principalaccount', accountIn(arn)],
    ['aws:principalisawsservice', 'false'],
    ['aws:currenttime', now.toISOString()],
    ['aws:epochtime', String(Math.floor(now.getTime() / 1000))],
    ['aws:securetransport', 'true'],
    ['aws:viaawsservice', 'false'],
    ...own,
    ...tags.map(({ Key = '', Value = '' }) => [lower(`aws:PrincipalTag/${Key}`), Value] as const),
    ...context.map(([key, value]) => [lower(key), value] as const),
  ])
}

const lower = (text: string) => text.toLowerCase()

/** Empty for ARNs that name none, as S3's. */
export const accountIn = (arn: string) => arn.split(':')[4] ?? ''
