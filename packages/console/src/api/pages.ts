// Lists that come in pages, read to their end.
import { ApiError } from './api-error.ts'
import type { Iam } from './iam.ts'
import { iam } from './iam.ts'
import type { ItemOf, ListIn } from './operations-of.ts'

type Page = { readonly Marker?: string | undefined }
type PageRequest = { readonly MaxItems: number; readonly Marker?: string }

/** As many as AWS answers at once. */
const PAGE_SIZE = 1000

/** One page after the other. @throws ApiError where they go round in circles */
export async function* everyPage<Answer extends Page>(
  ask: (request: PageRequest) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const seen = new Set<string>()
  let page = await ask({ MaxItems: PAGE_SIZE })
  yield page
  for (let { Marker } = page; Marker !== undefined; { Marker } = page) {
    if (seen.has(Marker)) throw new ApiError('ServiceFailure', 'The list does not end.', 0)
    seen.add(Marker)
    page = await ask({ MaxItems: PAGE_SIZE, Marker })
    yield page
  }
}

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
  const ask = (request: PageRequest) => iam(operation, { ...input, ...request }, signal)
  // Which operations answer in pages, their types do not tell.
  for await (const page of everyPage(ask as (request: PageRequest) => Promise<Page>)) {
    items.push(...(((page as Iam[Name]['output'])[list] ?? []) as typeof items))
  }
  return items
}
