// What must be done to come from the tags that there are to those that are wanted.
import type { Tag } from '@aws-sdk/client-iam'

type KeyAndValue = { readonly key: string; readonly value: string }
type Wanted = KeyAndValue & { readonly markedForRemoval?: boolean }

/** Keys of users and roles compare ignoring case, those of policies do not. */
export type KeyCase = 'ignoring case' | 'exact'

export type TagChanges = { readonly tagged: readonly Tag[]; readonly untagged: readonly string[] }

/**
 * A tag with another value is tagged over, never taken away first: policies ask for tags, and where it were missing for a moment they would
 * decide otherwise.
 */
export function tagChanges(
  before: readonly KeyAndValue[],
  wanted: readonly Wanted[],
  keyCase: KeyCase,
): TagChanges {
  const compared = (key: string) => (keyCase === 'exact' ? key : key.toLowerCase())
  const old = new Map(before.map(({ key, value }) => [key, value]))
  const kept = wanted.filter(({ markedForRemoval = false }) => !markedForRemoval)
  const keys = new Set(kept.map(({ key }) => compared(key)))
  return {
    tagged: kept
      .filter(({ key, value }) => old.get(key) !== value)
      .map(({ key, value }) => ({ Key: key, Value: value })),
    untagged: [...old.keys()].filter(key => !keys.has(compared(key))),
  }
}
