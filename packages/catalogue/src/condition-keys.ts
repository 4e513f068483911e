// Condition keys by name. A documented name may have a variable part, such as a tag's key.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
import type { ConditionKeyRow } from './document.ts'

export type ConditionKeyEntry = {
  /** As AWS writes it: `aws:RequestTag/${TagKey}`. */
  readonly name: string
  /** `String`, `ARN`, `Bool`, `Date`, `IPAddress`, `Numeric`; `ArrayOf…` if it can have several values. */
  readonly type: string
}

/** A name with a variable part: what must stand before and after it. */
type Template = {
  readonly before: string
  readonly after: string
  readonly entry: ConditionKeyEntry
}

/** Finds an entry by a key's name in any letter case. */
export function conditionKeyFinder(
  rows: readonly ConditionKeyRow[],
): (key: string) => ConditionKeyEntry | undefined {
  const byName = new Map<string, ConditionKeyEntry>()
  const templates: Template[] = []
  for (const [name, type] of rows) {
    const entry = { name, type }
    byName.set(name.toLowerCase(), entry)
    const template = templateOf(entry)
    if (template !== undefined) templates.push(template)
  }
  // The most literal first: `events:Metadata/x/Matcher` is not `events:Metadata/${MetadataKey}`.
  templates.sort((a, b) => literalLength(b) - literalLength(a))
  return key => {
    const lower = key.toLowerCase()
    return byName.get(lower) ?? templates.find(template => matches(template, lower))?.entry
  }
}

function templateOf(entry: ConditionKeyEntry): Template | undefined {
  const name = entry.name.toLowerCase()
  const start = name.indexOf('${')
  if (start === -1) return undefined
  return { before: name.slice(0, start), after: name.slice(name.lastIndexOf('}') + 1), entry }
}

const literalLength = ({ before, after }: Template) => before.length + after.length

/** Something must stand for the variable part. */
function matches(template: Template, key: string): boolean {
  const { before, after } = template
  return key.length > literalLength(template) && key.startsWith(before) && key.endsWith(after)
}
