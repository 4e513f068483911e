// The same for a browser, which fetches the file where Node reads it.
export type { Catalogue, CatalogueAction, ResourceType } from './catalogue.ts'
export type { ConditionKeyEntry } from './condition-keys.ts'
export { fetchCatalogue } from './fetch-catalogue.ts'
