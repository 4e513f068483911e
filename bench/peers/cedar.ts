// @cedar-policy/cedar-wasm: the same fifteen statements in Cedar's language, parsed once.
import { type Case, DOCUMENTS } from '../../packages/policy/bench/cases.ts'
import type { Peer } from './peer.ts'

type Cedar = {
  preparsePolicySet: (id: string, policies: { staticPolicies: string }) => { type: string }
  statefulIsAuthorized: (
    call: object,
  ) => { type: 'success'; response: { decision: 'allow' | 'deny' } } | { type: 'failure' }
}

/**
 * One policy of Cedar per statement. AWS's actions and ARNs are matched by wildcards, which in Cedar
 * only texts are, so both travel in the context beside the condition keys.
 */
const POLICIES = `
permit(principal, action, resource) when { ["iam:ListVirtualMFADevices", "iam:GetAccountPasswordPolicy"].contains(context.action) };
permit(principal, action, resource) when { context.action == "iam:CreateVirtualMFADevice" && context.arn like "arn:aws:iam::*:mfa/*" };
permit(principal, action, resource) when {
  ["iam:EnableMFADevice", "iam:DeactivateMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ResyncMFADevice"].contains(context.action)
  && context.arn like "arn:aws:iam::*:user/alice" && context.username == "alice" };
forbid(principal, action, resource) when {
  !(["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetUser", "iam:ListMFADevices", "iam:ResyncMFADevice", "sts:GetSessionToken"].contains(context.action))
  && !(context has mfaPresent && context.mfaPresent) };
forbid(principal, action, resource) when {
  (context.action like "s3:Delete*" || context.action like "iam:Delete*") && (!(context has mfaAge) || context.mfaAge > 3600) };

permit(principal, action, resource) when { context.action == "s3:ListAllMyBuckets" };
permit(principal, action, resource) when {
  (context.action like "s3:Get*" || context.action like "s3:List*")
  && (context.arn == "arn:aws:s3:::reports" || context.arn like "arn:aws:s3:::reports/*") };
permit(principal, action, resource) when {
  context.action == "s3:PutObject" && context.arn like "arn:aws:s3:::home/alice/*" && context.username == "alice" };
permit(principal, action, resource) when {
  context.action == "s3:DeleteObject" && context.arn like "arn:aws:s3:::reports/*" && context has mfaPresent && context.mfaPresent };
forbid(principal, action, resource) when {
  context.action like "s3:*" && context.arn like "arn:aws:s3:::audit/*" && !(context has team && context.team == "audit") };

permit(principal, action, resource) when { context.action == "sts:AssumeRole" && context.arn like "arn:aws:iam::*:role/dev-*" };
permit(principal, action, resource) when { context.action like "ec2:Describe*" };
permit(principal, action, resource) when {
  ["ec2:StartInstances", "ec2:StopInstances"].contains(context.action) && context.arn like "arn:aws:ec2:*:*:instance/*"
  && context has owner && context.owner == context.username };
permit(principal, action, resource) when { context.action == "ec2:CreateTags" && ["team"].containsAll(context.tagKeys) };
forbid(principal, action, resource) when {
  !context.sourceIp.isInRange(ip("192.0.2.0/24")) && !context.sourceIp.isInRange(ip("2001:db8::/32")) };
`

/** `statefulIsAuthorized`: the policies are parsed once and stay on the other side of the boundary. */
export async function preparsed(): Promise<Peer> {
  const name = '@cedar-policy/cedar-wasm/nodejs'
  const cedar = (await import(name)) as Cedar
  const statements = Object.values(DOCUMENTS).flatMap(({ Statement }) => Statement as unknown[])
  if (POLICIES.match(/^(?:permit|forbid)\(/gm)?.length !== statements.length) {
    throw new Error('not one policy of Cedar per statement')
  }
  if (cedar.preparsePolicySet('bench', { staticPolicies: POLICIES }).type !== 'success') {
    throw new Error('Cedar does not parse its policies')
  }
  return {
    name: 'cedar-wasm, statefulIsAuthorized, policies parsed once',
    tellsDenialsApart: false,
    prepare: one => {
      const call = callOf(one)
      return () => {
        const answer = cedar.statefulIsAuthorized(call)
        if (answer.type !== 'success') throw new Error('Cedar does not answer')
        return answer.response.decision === 'allow' ? 'allowed' : 'denied'
      }
    },
  }
}

function callOf({ action, resource, context }: Case) {
  const present = context['aws:MultiFactorAuthPresent']
  const age = context['aws:MultiFactorAuthAge']
  return {
    principal: { type: 'User', id: 'alice' },
    action: { type: 'Action', id: action },
    resource: { type: 'Resource', id: resource },
    context: {
      action,
      arn: resource,
      username: context['aws:username'] ?? '',
      sourceIp: { __extn: { fn: 'ip', arg: context['aws:SourceIp'] ?? '' } },
      ...(present !== undefined && { mfaPresent: present === 'true' }),
      ...(age !== undefined && { mfaAge: Number(age) }),
    },
    preparsedPolicySetId: 'bench',
    entities: [],
  }
}
