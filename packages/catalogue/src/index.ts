// What AWS's policies can speak of: actions, the resources they act on, and condition keys.
export type { Catalogue, CatalogueAction, ResourceType } from './catalogue.ts'
export type { ConditionKeyEntry } from './condition-keys.ts'
export { readCatalogue } from './read-catalogue.ts'
