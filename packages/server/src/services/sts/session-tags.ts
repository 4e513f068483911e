// Session tags: those that a request passes, and the transitive ones that follow a chain of roles
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html). Keys compare ignoring case and keep their spelling.
import { AwsError } from '@twinlock/protocol'
import type { RoleSession } from '../../authentication/session-tokens.ts'
import type { Tag } from '../operation.ts'

const MOST_SESSION_TAGS = 50

type TagsRequest = {
  readonly Tags?: readonly Tag[] | undefined
  readonly TransitiveTagKeys?: readonly string[] | undefined
}

/** The tags of a session, and which of them go on to the next one. */
export type SessionTags = Pick<RoleSession, 'tags' | 'transitiveTagKeys'>

/** The tags of `session` that the next session gets whether it wants them or not. */
export function inheritedTags(session: RoleSession | undefined): readonly Tag[] {
  if (session === undefined) return []
  const transitive = keySet(session.transitiveTagKeys)
  return session.tags.filter(({ Key }) => transitive.has(keyOf(Key)))
}

/**
 * The tags of the session that a request asks for.
 * @param inherited the calling session's transitive tags
 * @throws AwsError InvalidParameterValue
 */
export function newSessionTags(
  { Tags = [], TransitiveTagKeys = [] }: TagsRequest,
  inherited: readonly Tag[],
): SessionTags {
  const asked = keySet(Tags.map(({ Key }) => Key))
  if (asked.size < Tags.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (TransitiveTagKeys.some(key => !asked.has(keyOf(key)))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.')
  }
  if (inherited.some(({ Key }) => asked.has(keyOf(Key)))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  if ([...asked].some(key => key.startsWith('aws:'))) {
    throw invalid('Tag keys that begin with aws: are reserved for system use.')
  }
  const tags = [...inherited, ...Tags]
  if (tags.length > MOST_SESSION_TAGS) {
    throw invalid(`A session can have at most ${MOST_SESSION_TAGS} tags, inherited ones included.`)
  }
  const transitive = keySet(TransitiveTagKeys)
  const passedOn = Tags.filter(({ Key }) => transitive.has(keyOf(Key)))
  return { tags, transitiveTagKeys: [...inherited, ...passedOn].map(({ Key }) => Key) }
}

/** The role's tags as its trust policy sees them: an inherited tag gives its value to the role's own of the same key. */
export function overlaidTags(own: readonly Tag[], inherited: readonly Tag[]): readonly Tag[] {
  return own.map(tag => inherited.find(({ Key }) => keyOf(Key) === keyOf(tag.Key)) ?? tag)
}

const keyOf = (key: string) => key.toLowerCase()
const keySet = (keys: readonly string[]) => new Set(keys.map(keyOf))
const invalid = (message: string) => new AwsError('InvalidParameterValue', message)
