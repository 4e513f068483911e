// Lists that come in pages, read to their end.
import type { Iam } from './iam.ts'
import { iam } from './iam.ts'
import type { ItemOf, ListIn } from './operations-of.ts'

/** As many as AWS answers at once. */
const PAGE_SIZE = 1000

/** All items of a list: `readPages('ListUsers', 'Users', {})`. */
export async function readPages<
  Name extends keyof Iam,
  List extends ListIn<Iam[Name]['output']> & keyof Iam[Name]['output'] & string,
>(
  operation: Name,
  list: List,
  input: Iam[Name]['input'],
  signal?: AbortSignal,
): Promise<readonly ItemOf<Iam[Name]['output'], List>[]> {
  const items: ItemOf<Iam[Name]['output'], List>[] = []
  let Marker: string | undefined
  do {
    const asked = { ...input, MaxItems: PAGE_SIZE, ...(Marker !== undefined && { Marker }) }
    const page = await iam(operation, asked as Iam[Name]['input'], signal)
    items.push(...((page[list] ?? []) as typeof items))
    Marker = (page as { readonly Marker?: string | undefined }).Marker
  } while (Marker !== undefined)
  return items
}
