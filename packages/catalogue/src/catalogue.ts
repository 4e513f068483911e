// What AWS's policies can speak of: services, their actions, the resources those act on, and
// condition keys, as AWS's Service Authorization Reference lists them.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
import { conditionKeyFinder, type ConditionKeyEntry } from './condition-keys.ts'
import type { ActionRow, CatalogueDocument, ServiceDocument } from './document.ts'

/** Everything that is known, found by name. */
export type Catalogue = {
  /** Prefixes, in lower case and in order: `iam`. */
  readonly services: readonly string[]
  /** Names without the prefix, as AWS writes them: `CreateUser`. None of an unknown service. */
  readonly actionsOf: (service: string) => readonly string[]
  /** By its full name in any letter case: `iam:createuser`. */
  readonly findAction: (action: string) => CatalogueAction | undefined
  /** None of an unknown service. */
  readonly resourceTypesOf: (service: string) => readonly ResourceType[]
  /** By name in any letter case; `aws:RequestTag/team` is found as `aws:RequestTag/${TagKey}`. */
  readonly findConditionKey: (key: string) => ConditionKeyEntry | undefined
}

export type CatalogueAction = {
  /** `iam:CreateUser` */
  readonly name: string
  /** `List`, `Read`, `Write`, `Tagging` or `Permissions management`. */
  readonly accessLevel: string
  /** None: the action has no resource, and is evaluated on `*`. */
  readonly resourceTypes: readonly { readonly type: ResourceType; readonly required: boolean }[]
  /** What a request may carry beside the global keys and those of the resource itself. */
  readonly conditionKeys: readonly string[]
}

export type ResourceType = {
  readonly name: string
  /** `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}` */
  readonly arnPattern: string
  readonly conditionKeys: readonly string[]
}

/** One service, made when it is first asked for. */
type Service = {
  readonly actionNames: readonly string[]
  readonly resourceTypes: readonly ResourceType[]
  /** By name in lower case. */
  readonly actions: ReadonlyMap<string, CatalogueAction>
}

/** The catalogue in a document. */
export function catalogueOf(document: CatalogueDocument): Catalogue {
  const { services, conditionKeys } = document
  const made = new Map<string, Service>()
  let find: ReturnType<typeof conditionKeyFinder> | undefined

  return {
    services: Object.keys(services),
    actionsOf: prefix => service(prefix)?.actionNames ?? [],
    findAction(action) {
      const [prefix = '', name, ...more] = action.toLowerCase().split(':', 3)
      return name === undefined || more.length > 0 ? undefined : service(prefix)?.actions.get(name)
    },
    resourceTypesOf: prefix => service(prefix)?.resourceTypes ?? [],
    findConditionKey(key) {
      find ??= conditionKeyFinder(conditionKeys)
      return find(key)
    },
  }

  function service(name: string): Service | undefined {
    const prefix = name.toLowerCase()
    const known = made.get(prefix)
    if (known !== undefined || !Object.hasOwn(services, prefix)) return known
    const row = services[prefix]
    const fresh = row && readService(prefix, row, document)
    if (fresh !== undefined) made.set(prefix, fresh)
    return fresh
  }
}

function readService(
  prefix: string,
  { resourceTypes: typeRows, actions: actionRows }: ServiceDocument,
  { conditionKeys, accessLevels }: CatalogueDocument,
): Service {
  const keyNames = (rows: readonly number[]) => rows.map(row => conditionKeys[row]?.[0] ?? '')

  const resourceTypes = typeRows.map(([name, arnPattern, keys]): ResourceType => ({
    name,
    arnPattern,
    conditionKeys: keyNames(keys),
  }))
  const typesAt = (rows: readonly number[], required: boolean) =>
    rows.flatMap(row => {
      const type = resourceTypes[row]
      return type === undefined ? [] : [{ type, required }]
    })

  return {
    resourceTypes,
    actionNames: actionRows.map(([name]) => name),
    actions: new Map(actionRows.map(row => [row[0].toLowerCase(), readAction(row)])),
  }

  function readAction([name, level, required, optional, keys]: ActionRow): CatalogueAction {
    return {
      name: `${prefix}:${name}`,
      accessLevel: accessLevels[level] ?? '',
      resourceTypes: [...typesAt(required, true), ...typesAt(optional, false)],
      conditionKeys: keyNames(keys),
    }
  }
}
