// Paging as IAM does it: MaxItems (1–1000, 100 by default), an opaque Marker, IsTruncated always told.
import { AwsError } from '@twinlock/protocol'
import type { Context } from './context.ts'

/** The members by which a request asks for a page. */
export type PageInput = {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export type Page<Item> = {
  readonly items: readonly Item[]
  /** Members of the answer: spread them beside the list. */
  readonly paging: { readonly IsTruncated: boolean; readonly Marker?: string }
}

const DEFAULT_ITEMS = 100

/** How many items a page may have. */
export const pageSize = ({ MaxItems = DEFAULT_ITEMS }: PageInput) => MaxItems

/** Characters of a marker's proof: 96 bits. */
const PROOF_LENGTH = 16

/**
 * One page of a list that is sorted by a key.
 * @param list names the list; a marker of another list or account is not valid here
 * @param fetch answers up to `limit` rows whose key sorts after `after` (from the start when undefined), in order
 * @param keyOf the row's key: at most 304 characters of U+0020 to U+00FF, for markers show it
 * @throws AwsError ValidationError for a marker that we did not give
 */
export async function page<Row>(
  input: PageInput,
  context: Context,
  list: string,
  fetch: (after: string | undefined, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Promise<Page<Row>> {
  const limit = pageSize(input)
  const bound = `${context.account}/${list}`
  const after = input.Marker === undefined ? undefined : openMarker(input.Marker, bound, context)
  const rows = await fetch(after, limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || last === undefined) return { items, paging: { IsTruncated: false } }
  return { items, paging: { IsTruncated: true, Marker: newMarker(keyOf(last), bound, context) } }
}

/** One page of a list that is already whole in memory, sorted by `keyOf`. */
export function pageOf<Row>(
  input: PageInput,
  context: Context,
  list: string,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Promise<Page<Row>> {
  return page(
    input,
    context,
    list,
    (after, limit) =>
      Promise.resolve(
        (after === undefined ? rows : rows.filter(row => keyOf(row) > after)).slice(0, limit),
      ),
    keyOf,
  )
}

/**
 * Proof that we gave the marker, then the key itself.
 * INVARIANT: every marker that we give is one that the model accepts: at most 320 characters, U+0020 to U+00FF.
 */
export function newMarker(key: string, bound: string, { house }: Context): string {
  return (
    house.keyring.mac('marker', `${bound} ${key}`).toString('base64url').slice(0, PROOF_LENGTH) +
    key
  )
}

/** The key of a marker that we gave, or undefined. */
export function findMarked(marker: string, bound: string, context: Context): string | undefined {
  const key = marker.slice(PROOF_LENGTH)
  return newMarker(key, bound, context) === marker ? key : undefined
}

function openMarker(marker: string, bound: string, context: Context): string {
  const key = findMarked(marker, bound, context)
  if (key === undefined) throw invalidMarker()
  return key
}

export const invalidMarker = () => new AwsError('ValidationError', 'Invalid Marker.')
