// How the tags of a permission can be read. Policies and MFA devices can have tags whose keys differ by case alone, of which a condition sees
// one, and AWS does not say which: whoever adds the second must hide the first from no Deny, and gain nothing from an Allow.
import { AwsError } from '@twinlock/protocol'
import type { Permission, Tag } from '../services/operation.ts'

/** Nobody means more. */
const MOST_READINGS = 64

/**
 * The permission with one tag of each key, in every way to choose them. What is permitted is permitted in each.
 * @throws AwsError InvalidInput where there are too many
 */
export function readingsOf(permission: Permission): readonly Permission[] {
  const { requestTags = [], requestTagKeys = [], resourceTags = [] } = permission
  if (requestTags.length < 2 && resourceTags.length < 2) return [permission]
  const [ofRequest, ofResource] = [alikeIn(requestTags), alikeIn(resourceTags)]
  if (waysOf([...ofRequest, ...ofResource]) > MOST_READINGS) {
    throw new AwsError('InvalidInput', 'Too many tag keys differ by case alone.')
  }
  return choicesOf(ofRequest).flatMap(chosen =>
    choicesOf(ofResource).map(chosenOfResource => ({
      ...permission,
      requestTags: chosen,
      // All keys were sent, whichever tag is meant.
      requestTagKeys: [...requestTagKeys, ...keysBeside(requestTags, chosen)],
      resourceTags: chosenOfResource,
    })),
  )
}

type Alike = readonly (readonly Tag[])[]

/** Tags whose keys are alike, together. */
const alikeIn = (tags: readonly Tag[]): Alike => [
  ...Map.groupBy(tags, ({ Key }) => Key.toLowerCase()).values(),
]

const waysOf = (alike: Alike) => alike.reduce((ways, { length }) => ways * length, 1)

const choicesOf = (alike: Alike): Alike =>
  alike.reduce<Alike>(
    (choices, tags) => choices.flatMap(choice => tags.map(tag => [...choice, tag])),
    [[]],
  )

const keysBeside = (tags: readonly Tag[], chosen: readonly Tag[]) =>
  tags.filter(tag => !chosen.includes(tag)).map(({ Key }) => Key)
