// The shape of `data/catalogue.json`: what one file must say so that every action, resource type and
// condition key can be found in it. Rows instead of objects, and texts that recur are said once.

/** The whole file. */
export type CatalogueDocument = {
  /** The package and version that it was generated from. */
  readonly source: string
  /** How AWS sorts actions; rows refer to them by position. */
  readonly accessLevels: readonly string[]
  /** Of all services, global ones first; rows refer to them by position. */
  readonly conditionKeys: readonly ConditionKeyRow[]
  /** By prefix, in lower case. */
  readonly services: Readonly<Record<string, ServiceDocument>>
}

export type ServiceDocument = {
  readonly resourceTypes: readonly ResourceTypeRow[]
  readonly actions: readonly ActionRow[]
}

/** A name with a variable part, such as `aws:RequestTag/${TagKey}`, stands for many keys. */
export type ConditionKeyRow = readonly [name: string, type: string]

export type ResourceTypeRow = readonly [
  name: string,
  arnPattern: string,
  conditionKeys: readonly number[],
]

/** Resource types are positions in the service's own list. */
export type ActionRow = readonly [
  name: string,
  accessLevel: number,
  required: readonly number[],
  optional: readonly number[],
  conditionKeys: readonly number[],
]
