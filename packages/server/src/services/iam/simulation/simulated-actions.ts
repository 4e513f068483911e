// The actions of a simulation and the resources that they can act on, by AWS's catalogue. An action that nobody knows is taken
// as it is written, wildcards included.
import type { CatalogueAction } from '@twinlock/catalogue'
import { readCatalogue } from '@twinlock/catalogue'
import { findArn } from '../../../identifiers/arns.ts'
import { invalidInput } from './invalid-input.ts'

/** The resource of an action on everything. */
export const EVERYTHING = '*'

/** An action as the request spells it; `known` is absent where the catalogue does not list it. */
export type SimulatedAction = { readonly name: string; readonly known?: CatalogueAction }

/**
 * @param resources as the request gives them
 * @throws AwsError InvalidInput for what is no action, and for actions on ARNs of which only some are known
 */
export function readActions(
  names: readonly string[],
  resources: readonly string[],
): readonly SimulatedAction[] {
  const actions = names.map(readAction)
  if (resources.some(isArn)) checkAlike(actions)
  return actions
}

function readAction(name: string): SimulatedAction {
  if (!name.includes(':')) throw invalidInput('The action is invalid since it is missing names')
  const known = readCatalogue().findAction(name)
  return known === undefined ? { name } : { name, known }
}

function checkAlike(actions: readonly SimulatedAction[]): void {
  const unlike = Map.groupBy(actions, ({ known }) => known !== undefined)
  if (unlike.size < 2) return
  const groups = Array.from(
    unlike.values(),
    group => `[${group.map(({ name }) => name).join(',')}]`,
  )
  throw invalidInput(
    `Invalid Input Actions: ${groups.join(' and ')} require different authorization information. `,
  )
}

const isArn = (resource: string) => resource !== EVERYTHING

/** @throws AwsError InvalidInput for what is neither an ARN of six parts nor `*` */
export function checkResources(resources: readonly string[]): void {
  const wrong = resources.find(resource => isArn(resource) && !isFullArn(resource))
  if (wrong !== undefined) throw notAnArn(wrong)
}

export const notAnArn = (resource: string) =>
  invalidInput(`ResourceNames are not in a valid ARN format: ${resource}.`)

export const isFullArn = (text: string) =>
  findArn(text) !== undefined && text.split(':', 6).length === 6

/**
 * Whether the action can act on the resource. Types are told apart by service and by the words before the first variable
 * of their ARN: `user/` in IAM, none in S3. An action without resource types acts on `*` alone.
 */
export function fits({ known }: SimulatedAction, resource: string): boolean {
  if (known === undefined || !isArn(resource)) return true
  const arn = findArn(resource)
  return known.resourceTypes.some(({ type }) => {
    const pattern = findArn(type.arnPattern)
    return (
      pattern?.service === arn?.service && arn?.resource.startsWith(headOf(pattern?.resource ?? ''))
    )
  })
}

const headOf = (pattern: string) => pattern.split('${', 1)[0] ?? ''

/** How the simulator writes the resources of a service, whatever the action: as recorded. */
const TEMPLATES: Readonly<Record<string, string>> = {
  ec2: 'arn:aws:ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}',
  iam: 'arn:aws:iam::${Account}:${ResourceType}/${ResourceName}',
  kms: 'arn:aws:kms:${Region}:${Account}:${ResourceType}/${Id}',
  lambda: 'arn:aws:lambda:${Region}:${Account}:${ResourceType}:${ResourceId}',
  s3: 'arn:aws:s3:::${BucketName}/${KeyName}',
  sqs: 'arn:aws:sqs:${Region}:${Account}:${QueueName}',
  sts: 'arn:aws:iam::${Account}:${RelativeId}',
}

/** EvalResourceName of a result over all `resources`: the one that there is, or the form of what the action acts on. */
export function evalResourceName({ known }: SimulatedAction, resources: readonly string[]): string {
  const [only = EVERYTHING, ...others] = resources
  if (others.length === 0) return only
  if (known === undefined) return EVERYTHING
  const service = known.name.slice(0, known.name.indexOf(':'))
  if (Object.hasOwn(TEMPLATES, service)) return TEMPLATES[service] ?? EVERYTHING
  return known.resourceTypes[0]?.type.arnPattern.replace('${Partition}', 'aws') ?? EVERYTHING
}

/** The scenarios of EC2 that say which resources a simulation must have; others are not looked at. */
const HANDLED = new Set([
  'EC2-VPC-InstanceStore',
  'EC2-VPC-InstanceStore-Subnet',
  'EC2-VPC-EBS',
  'EC2-VPC-EBS-Subnet',
])

/** @throws AwsError InvalidInput for an action that has no such scenario */
export function checkHandlingOption(
  option: string | undefined,
  actions: readonly SimulatedAction[],
): void {
  if (option === undefined || !HANDLED.has(option)) return
  const unhandled = actions.find(({ name }) => name.toLowerCase() !== 'ec2:runinstances')
  if (unhandled === undefined) return
  throw invalidInput(
    `Invalid input resource handling options. Action does not support resource handling options: ${unhandled.name}. Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html`,
  )
}
