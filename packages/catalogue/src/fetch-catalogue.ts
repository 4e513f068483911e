// The catalogue for a browser. Bundlers know `new URL(…, import.meta.url)` for a file that belongs beside the script.
import { type Catalogue, catalogueOf } from './catalogue.ts'
import type { CatalogueDocument } from './document.ts'

/**
 * What `readCatalogue` answers in Node. It is fetched at every call: the caller keeps it.
 * @throws Error when the file does not come
 */
export async function fetchCatalogue(): Promise<Catalogue> {
  const answer = await fetch(new URL('../data/catalogue.json', import.meta.url))
  if (!answer.ok) throw new Error(`The catalogue did not come (HTTP ${answer.status}).`)
  return catalogueOf((await answer.json()) as CatalogueDocument)
}
