// How the tags of a permission can be read. Policies and MFA devices can have tags whose keys differ by case alone, of which a condition sees
// one, and AWS does not say which: whoever adds the second must hide the first from no Deny, and gain nothing from an Allow.
import { AwsError } from '@twinlock/protocol'
import type { Permission, Tag } from '../services/operation.ts'

/** Ways to read the tags of one request or resource: three keys of two spellings. Nobody means more. */
const MOST_WAYS = 8

/**
 * Bounds how many tags of a request or a resource may be alike. INVARIANT: a resource with more is never stored: whatever is asked of it
 * would be refused, to take its tags off as well.
 * @throws AwsError InvalidInput
 */
export function checkAlikeTags(tags: readonly Pick<Tag, 'Key'>[]): void {
  const ways = alikeIn(tags).reduce((product, { length }) => product * length, 1)
  if (ways > MOST_WAYS)
    throw new AwsError('InvalidInput', 'Too many tag keys differ by case alone.')
}

/**
 * The permission with one tag of each key, in every way to choose them. What is permitted is permitted in each.
 * @throws AwsError InvalidInput where there are too many
 */
export function readingsOf(permission: Permission): readonly Permission[] {
  const { requestTags = [], requestTagKeys = [], resourceTags = [] } = permission
  if (requestTags.length < 2 && resourceTags.length < 2) return [permission]
  for (const tags of [requestTags, resourceTags]) checkAlikeTags(tags)
  const [ofRequest, ofResource] = [alikeIn(requestTags), alikeIn(resourceTags)]
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
const alikeIn = <Of extends Pick<Tag, 'Key'>>(tags: readonly Of[]): readonly (readonly Of[])[] => [
  ...Map.groupBy(tags, ({ Key }) => Key.toLowerCase()).values(),
]

const choicesOf = (alike: Alike): Alike =>
  alike.reduce<Alike>(
    (choices, tags) => choices.flatMap(choice => tags.map(tag => [...choice, tag])),
    [[]],
  )

const keysBeside = (tags: readonly Tag[], chosen: readonly Tag[]) =>
  tags.filter(tag => !chosen.includes(tag)).map(({ Key }) => Key)
