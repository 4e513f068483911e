// Tags of users, roles, policies and MFA devices: at most fifty each. Users and roles compare keys ignoring case, policies and
// virtual MFA devices exactly (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html).
import { hash } from 'node:crypto'
import { AwsError } from '@twinlock/protocol'
import { checkAlikeTags } from '../../authorization/tag-readings.ts'
import type { Context } from '../context.ts'
import type { Tag } from '../operation.ts'
import type { Page, PageInput } from '../paging.ts'
import { invalidMarker, page } from '../paging.ts'

export type KeyCase = 'ignoring case' | 'exact'

const MOST_TAGS = 50

const DUPLICATE = {
  'ignoring case': 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  exact: 'Duplicate tag keys found.',
} as const

/** `aws:PrincipalTag/aws:…` and its like are for AWS to give. */
const RESERVED = /^aws:/i

const tagKeyOf = (key: string, keyCase: KeyCase) => (keyCase === 'exact' ? key : key.toLowerCase())

/** All tags of a resource, sorted by key. */
export async function tagsOf({ db, account }: Context, resourceId: string): Promise<Tag[]> {
  const rows = await db
    .selectFrom('tag')
    .select(['key', 'value'])
    .where('accountId', '=', account)
    .where('resourceId', '=', resourceId)
    .orderBy('tagKey')
    .execute()
  return rows.map(({ key, value }) => ({ Key: key, Value: value }))
}

/** The member `Tags` of an answer, left out where there are none. */
export const tagsMember = (tags: readonly Tag[]) => (tags.length === 0 ? {} : { Tags: [...tags] })

/**
 * One page of a resource's tags. A tag's key may have letters and a length that no marker has, so markers hold its digest.
 * @throws AwsError ValidationError for a marker after a tag that is gone
 */
export async function pageOfTags(
  input: PageInput,
  context: Context,
  resourceId: string,
): Promise<Page<Tag>> {
  const tags = await tagsOf(context, resourceId)
  const first = (after: string | undefined) => {
    if (after === undefined) return 0
    const last = tags.findIndex(tag => digestOfKey(tag) === after)
    if (last < 0) throw invalidMarker()
    return last + 1
  }
  return page(
    input,
    context,
    `tags of ${resourceId}`,
    async (after, limit) => tags.slice(first(after)).slice(0, limit),
    digestOfKey,
  )
}

const digestOfKey = ({ Key }: Tag) => hash('sha256', Key, 'base64url')

/** @throws AwsError InvalidInput when a key comes twice or is reserved, in words of ours */
export function checkTags(tags: readonly Tag[], keyCase: KeyCase): void {
  if (tags.some(({ Key }) => RESERVED.test(Key))) {
    throw new AwsError('InvalidInput', 'Tag keys that begin with aws: are reserved for system use.')
  }
  const keys = new Set(tags.map(({ Key }) => tagKeyOf(Key, keyCase)))
  if (keys.size < tags.length) throw new AwsError('InvalidInput', DUPLICATE[keyCase])
}

/** Adds tags and replaces those of the same key. Their sum is bounded, too. @throws AwsError InvalidInput, LimitExceeded */
export async function addTags(
  { db, account }: Context,
  resourceId: string,
  tags: readonly Tag[],
  keyCase: KeyCase,
): Promise<void> {
  checkTags(tags, keyCase)
  if (tags.length === 0) return
  await db
    .insertInto('tag')
    .values(
      tags.map(({ Key, Value }) => ({
        accountId: account,
        resourceId,
        tagKey: tagKeyOf(Key, keyCase),
        key: Key,
        value: Value,
      })),
    )
    .onConflict(conflict =>
      conflict.columns(['accountId', 'resourceId', 'tagKey']).doUpdateSet(eb => ({
        key: eb.ref('excluded.key'),
        value: eb.ref('excluded.value'),
      })),
    )
    .execute()
  const all = await db
    .selectFrom('tag')
    .select('key as Key')
    .where('accountId', '=', account)
    .where('resourceId', '=', resourceId)
    .execute()
  if (all.length > MOST_TAGS) {
    throw new AwsError('LimitExceeded', 'The number of tags has reached the maximum limit.')
  }
  checkAlikeTags(all)
}

/** Removes the tags of these keys; keys that are not there are passed over. */
export async function removeTags(
  { db, account }: Context,
  resourceId: string,
  keys: readonly string[],
  keyCase: KeyCase,
): Promise<void> {
  if (keys.length === 0) return
  await db
    .deleteFrom('tag')
    .where('accountId', '=', account)
    .where('resourceId', '=', resourceId)
    .where(
      'tagKey',
      'in',
      keys.map(key => tagKeyOf(key, keyCase)),
    )
    .execute()
}

/** Removes all tags: the resource goes. */
export async function dropTags({ db, account }: Context, resourceId: string): Promise<void> {
  await db
    .deleteFrom('tag')
    .where('accountId', '=', account)
    .where('resourceId', '=', resourceId)
    .execute()
}
