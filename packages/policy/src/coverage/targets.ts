// What there is to reach: every action on every kind of resource that it is about. A statement may
// be about one of an action's kinds and not about another, so these are the atoms of coverage.
import { type ActionList, type KnownAction } from './action-list.ts'
import { arnSet, EVERY_ARN, EVERY_BUCKET, serviceOfSet } from './arn-set.ts'
import type { ResourceKind } from './resource-set.ts'

/** Where a principal is at home: its account's resources are its own. */
export type Home = { readonly partition: string; readonly account: string }

/** Targets by number; those of an action are side by side. */
export type Targets = {
  readonly count: number
  /** By the action's position: its first target. One more entry than actions. */
  readonly firstOf: Int32Array
  /** By target: which kind of resource. */
  readonly kindOf: Int32Array
  readonly kinds: readonly TargetKind[]
  /** By the service that a resource's ARN names: the targets on such resources, in order. */
  readonly ofService: ReadonlyMap<string, readonly number[]>
  /** The targets on resources whose ARNs may name any service. */
  readonly ofAnyService: readonly number[]
}

export type TargetKind = {
  /** In whatever account: what an Allow may give, and what a Deny must hold to take all. */
  readonly anywhere: ResourceKind
  /** In the principal's own account: what `always` speaks of. */
  readonly own: ResourceKind
}

/** The targets of these actions for principals of that home. */
export function targetsOf({ actions }: ActionList, home: Home): Targets {
  const kinds = new Map<string, { readonly at: number; readonly kind: TargetKind }>()
  const firstOf = new Int32Array(actions.length + 1)
  const kindOf: number[] = []
  for (const [position, action] of actions.entries()) {
    for (const form of formsOf(action)) {
      const known = kinds.get(form) ?? { at: kinds.size, kind: kindOfForm(form, home) }
      kinds.set(form, known)
      kindOf.push(known.at)
    }
    firstOf[position + 1] = kindOf.length
  }
  const listed = [...kinds.values()].map(({ kind }) => kind)
  return {
    count: kindOf.length,
    firstOf,
    kindOf: Int32Array.from(kindOf),
    kinds: listed,
    ...byService(kindOf, listed),
  }
}

/** Targets without a resource are in neither list. */
function byService(
  kindOf: readonly number[],
  kinds: readonly TargetKind[],
): Pick<Targets, 'ofService' | 'ofAnyService'> {
  const ofService = new Map<string, number[]>()
  const ofAnyService: number[] = []
  for (const [target, at] of kindOf.entries()) {
    const kind = kinds[at]?.anywhere
    if (kind === undefined || kind === 'none') continue
    const service = serviceOfSet(kind)
    const list = service === undefined ? ofAnyService : (ofService.get(service) ?? [])
    if (service !== undefined) ofService.set(service, list)
    list.push(target)
  }
  return { ofService, ofAnyService }
}

/** An action that can do without its resource is evaluated on `*` too. */
function formsOf({ resourceTypes }: KnownAction): ReadonlySet<string> {
  const forms = new Set(resourceTypes.map(({ type }) => type.arnPattern))
  if (!resourceTypes.some(({ required }) => required)) forms.add('*')
  return forms
}

/** Nobody reaches into another partition. */
function kindOfForm(form: string, { partition, account }: Home): TargetKind {
  if (form === '*') return { anywhere: 'none', own: 'none' }
  const inPartition = form.replaceAll('${Partition}', partition)
  const inAccount = inPartition.replaceAll('${Account}', account)
  return { anywhere: setOfForm(inPartition), own: setOfForm(inAccount) }
}

/**
 * The variable parts of a documented pattern can be anything, but for the name of a bucket. A
 * pattern that is no ARN's may be any.
 */
function setOfForm(form: string): ResourceKind {
  const set = arnSet(form.replaceAll(/\$\{[^{}]*\}/g, '*')) ?? EVERY_ARN
  return form.endsWith(BUCKET) ? [...set.slice(0, 5), EVERY_BUCKET] : set
}

const BUCKET = ':s3:::${BucketName}'
