// The policy simulator: what policies would say to requests that nobody makes. It knows documents alone: not whether the
// resources exist, nor what a service refuses on its own.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
import type {
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam'
import type { Context } from '../../context.ts'
import type { Checked } from '../../operation.ts'
import { operation } from '../../operation.ts'
import { readContextEntries } from './context-entries.ts'
import { invalidInput } from './invalid-input.ts'
import { withoutExcluded } from './policy-exclusions.ts'
import type { PolicySource } from './policy-source.ts'
import { onSource, parseSourceArn, readSource } from './policy-source.ts'
import { simulate } from './simulate.ts'
import {
  checkHandlingOption,
  checkResources,
  EVERYTHING,
  readActions,
} from './simulated-actions.ts'
import type { SimulatedCaller } from './simulated-caller.ts'
import {
  accountOfOwner,
  anybodyOf,
  callerOf,
  namedCaller,
  requestKeys,
} from './simulated-caller.ts'
import type { NamedDocument, SimulatedDocuments } from './simulated-policies.ts'
import { compileDocuments } from './simulated-policies.ts'
import type { SourcePolicy } from './source-policies.ts'
import { sourcePolicyId } from './source-policies.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
export const SimulateCustomPolicy = operation<SimulateCustomPolicyRequest, SimulatePolicyResponse>({
  permissions: () => [{ action: 'iam:SimulateCustomPolicy', resource: '*' }],

  perform(input, context) {
    const { CallerArn, OrderedOrganizationPolicyInputList } = input
    return simulateRequests(input, context, {
      caller: CallerArn === undefined ? anybodyOf(context.account) : namedCaller(CallerArn),
      identity: inputPolicies(input),
      boundary: inputBoundary(input),
      scps: organizationPolicies(OrderedOrganizationPolicyInputList),
    })
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
export const SimulatePrincipalPolicy = operation<
  SimulatePrincipalPolicyRequest,
  SimulatePolicyResponse
>({
  check: ({ PolicySourceArn }) => void parseSourceArn(PolicySourceArn),

  permissions: async ({ PolicySourceArn }, context) => [
    await onSource('iam:SimulatePrincipalPolicy', context, PolicySourceArn),
  ],

  /** Policies of the request come beside the source's own; a boundary comes in place of it. */
  async perform(input, context) {
    const { CallerArn, PolicyExclusionList = [], PolicySourceArn } = input
    const stored = await readSource(context, PolicySourceArn)
    const source = withoutExcluded(stored, PolicyExclusionList)
    return simulateRequests(input, context, {
      caller: CallerArn === undefined ? callerOf(source.entity) : namedCaller(CallerArn),
      identity: [...source.policies.map(namedDocument), ...inputPolicies(input)],
      boundary: inputBoundary(input) ?? boundaryOf(source),
    })
  },
})

/** What the two operations have in common. */
type Input = Omit<Checked<SimulateCustomPolicyRequest>, 'PolicyInputList'> & {
  readonly PolicyInputList?: readonly string[] | undefined
}

/** Whose requests are simulated, and under which policies. */
type Subject = Omit<SimulatedDocuments, 'resource'> & { readonly caller: SimulatedCaller }

async function simulateRequests(
  input: Input,
  context: Context,
  { caller, ...documents }: Subject,
): Promise<SimulatePolicyResponse> {
  const { ActionNames, ResourceArns: resources = [], ResourceHandlingOption } = input
  checkResources(resources)
  const actions = readActions(ActionNames, resources)
  checkHandlingOption(ResourceHandlingOption, actions)
  const supplied = readContextEntries(input.ContextEntries ?? [])
  const { keys, longestValue } = requestKeys(caller, supplied)
  const resource = resourcePolicy(input, caller)
  const policies = await compileDocuments({ ...documents, resource }, keys)
  const resourceOwner = ownerOf(input, caller)
  return simulate(
    { policies, actions, resources, caller, supplied, keys, longestValue, resourceOwner },
    input,
    context,
  )
}

const inputPolicies = ({ PolicyInputList = [] }: Input): NamedDocument[] =>
  PolicyInputList.map((document, index) => ({
    id: `PolicyInputList.${index + 1}`,
    document,
    which: `Policy input list item ${index + 1}`,
  }))

/** @throws AwsError InvalidInput for more than one */
function inputBoundary({ PermissionsBoundaryPolicyInputList = [] }: Input) {
  const [document, ...others] = PermissionsBoundaryPolicyInputList
  if (others.length > 0) {
    throw invalidInput('The list of Permissions Boundary policies cannot exceed 1 items.')
  }
  if (document === undefined) return undefined
  const id = 'PermissionsBoundaryPolicyInputList.1'
  return { id, document, which: 'Permissions boundary policy input list item 1' }
}

/** @throws AwsError InvalidInput for a level without policies */
function organizationPolicies(
  levels: Input['OrderedOrganizationPolicyInputList'] = [],
): readonly (readonly NamedDocument[])[] | undefined {
  if (levels.length === 0) return undefined
  return levels.map(({ ServiceControlPolicyInputList: documents = [] }, index) => {
    const which = `Organization policy at index ${index + 1}`
    if (documents.length === 0) {
      throw invalidInput(`${which} must contain at least one service control policy`)
    }
    return documents.map(document => ({ id: which, document, which }))
  })
}

/** A resource's policy speaks of somebody, and of resources that have an ARN. @throws AwsError InvalidInput */
function resourcePolicy(
  { ResourcePolicy: document, ResourceArns = [] }: Input,
  { entity }: SimulatedCaller,
): NamedDocument | undefined {
  if (document === undefined) return undefined
  if (entity === undefined) {
    throw invalidInput('Invalid caller - Caller cannot be null or empty.')
  }
  if (ResourceArns.length === 0 || ResourceArns.includes(EVERYTHING)) {
    throw invalidInput('Invalid Entity Arn: * does not clearly define entity type and name.')
  }
  return { id: 'ResourcePolicy', document, which: 'Resource policy' }
}

/** Resources of other accounts matter where the request names an owner or brings the resources' policy. */
function ownerOf({ ResourceOwner, ResourcePolicy }: Input, { account }: SimulatedCaller) {
  if (ResourceOwner !== undefined) return accountOfOwner(ResourceOwner)
  return ResourcePolicy === undefined ? undefined : account
}

const namedDocument = (policy: SourcePolicy): NamedDocument => ({
  id: sourcePolicyId(policy),
  document: policy.document,
  which: `Policy ${sourcePolicyId(policy)}`,
})

const boundaryOf = ({ boundary }: PolicySource) => boundary && namedDocument(boundary)
