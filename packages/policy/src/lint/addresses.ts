// IP001 to IP003: where a request comes from, and why that is rarely what the policy says.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
import { type Cidr, cidrContains, parseCidr } from '../ip-address.ts'
import type { Entry, LintedCondition, LintedStatement } from './document.ts'
import { replaceString, rewriteConditions, rewriteList } from './edits.ts'
import { isLowered, lowered } from './ipv6-blocks.ts'
import { eachStatement, type Observation } from './rule.ts'

/** IP001: addresses that no public endpoint ever sees. */
export const privateAddress = eachStatement((linted, { text }) =>
  addressConditions(linted)
    .filter(({ key }) => key.toLowerCase() === 'aws:sourceip')
    .flatMap(condition => {
      const hidden = condition.entries.filter(isPrivate)
      return hidden.map((entry): Observation => ({
        code: 'IP001',
        at: entry.json,
        why: `aws:SourceIp is the address that AWS's public endpoint sees, after NAT; ${entry.text} is private and never one. ${hidden.length === condition.entries.length ? meaningOf(condition, linted) : 'The entry does nothing.'} Of requests through a VPC endpoint aws:VpcSourceIp has the private address. (Inside your own network, a Twinlock does see it.)`,
        fix: () =>
          hidden.length === condition.entries.length
            ? rewriteConditions(
                text,
                linted,
                [condition],
                [{ ...condition, key: 'aws:VpcSourceIp' }],
              )
            : (rewriteList(text, condition.json, [entry.json], []) ?? []),
      }))
    }),
)

/** IP002: where IAM stores it at all, in session policies. */
export const ipv6HostBits = eachStatement(linted =>
  addressConditions(linted).flatMap(({ entries }) =>
    entries.filter(({ text }) => !isLowered(text)).map(hostBits),
  ),
)

/** What is wrong with an entry of an IpAddress condition that has host bits. */
export function hostBits({ text, json }: Entry): Observation {
  const block = lowered(text)
  return {
    code: 'IP002',
    at: json,
    why: `${text} has bits behind the prefix. IAM does not store such an IPv6 block, and where it is stored (in session policies) it matches no address. ${block} is the block that the address is in.`,
    fix: () => [replaceString(json, block)],
  }
}

/** IP003: a service that acts for the caller comes from elsewhere. */
export const servicesDeniedByAddress = eachStatement((linted, { text, kind }) => {
  if (linted.statement.Effect !== 'Deny' || kind === 'trust') return []
  if (linted.conditions.some(({ key }) => /^aws:(?:via|called|principalisaws)/i.test(key)))
    return []
  const condition = addressConditions(linted).find(
    ({ key, operator }) => key.toLowerCase() === 'aws:sourceip' && operator.includes('Not'),
  )
  if (condition === undefined) return []
  return [
    {
      code: 'IP003',
      at: condition.keyName,
      why: 'When a service makes a call for you (CloudFormation, Athena), the address may be its own, or absent, and NotIpAddress holds for an absent key: the call is denied although you came from the right network. aws:ViaAWSService "false" beside it exempts such calls.',
      fix: () =>
        rewriteConditions(
          text,
          linted,
          [],
          [{ operator: 'Bool', key: 'aws:ViaAWSService', values: ['false'] }],
        ),
    },
  ]
})

function addressConditions({ conditions }: LintedStatement): readonly LintedCondition[] {
  return conditions.filter(({ operator }) => operator.includes('IpAddress'))
}

/** What the statement comes to when all its addresses are private. */
function meaningOf({ operator }: LintedCondition, { statement }: LintedStatement): string {
  const holds = operator.includes('Not')
  if (statement.Effect === 'Deny') {
    return holds ? 'So this Deny stops everybody.' : 'So this Deny stops nobody.'
  }
  return holds ? 'So this Allow is for every address.' : 'So this Allow is for nobody.'
}

/** RFC 1918, loopback, link-local, shared (RFC 6598), and their IPv6 kin (RFC 4193, RFC 4291). */
const PRIVATE: readonly Cidr[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap(text => parseCidr(text) ?? [])

function isPrivate({ text }: Entry): boolean {
  const block = parseCidr(text)
  return (
    block !== undefined &&
    PRIVATE.some(
      range => block.prefixLength >= range.prefixLength && cidrContains(range, block.address),
    )
  )
}
