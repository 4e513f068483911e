// The catalogue that lies beside this package, read when somebody first asks.
import { readFileSync } from 'node:fs'
import { type Catalogue, catalogueOf } from './catalogue.ts'
import type { CatalogueDocument } from './document.ts'

let catalogue: Catalogue | undefined

/** The same catalogue for every caller. */
export function readCatalogue(): Catalogue {
  catalogue ??= catalogueOf(readDocument())
  return catalogue
}

/** `npm run generate` writes the file, and a test compares it with its source. */
function readDocument(): CatalogueDocument {
  const file = new URL('../data/catalogue.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as CatalogueDocument
}
