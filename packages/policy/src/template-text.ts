// A template in which `*` and `?` are themselves, compared with a text where it stands: however often
// a policy names a variable and however long its value, no text is made that is longer than the one at
// hand.
import type { ConditionKeys } from './context-keys.ts'
import { isAscii, lowerAscii, lowerCase } from './lower-case.ts'
import { expandText, type Template, textOf } from './variables.ts'

/** Whether the template is the text; not where a variable has no value. */
export function isText(template: Template, text: string, keys: ConditionKeys): boolean {
  let end = 0
  for (const segment of template) {
    const part = textOf(segment, keys)
    if (part === undefined || !text.startsWith(part, end)) return false
    end += part.length
  }
  return end === text.length
}

/** Whether the template in lower case is `lower`, which is a text in lower case. */
export function isLowerCaseText(template: Template, lower: string, keys: ConditionKeys): boolean {
  let end = 0
  for (const segment of template) {
    const part = textOf(segment, keys)
    if (part === undefined) return false
    const begins = beginningIn(part, lower, end)
    end += begins
    if (begins === part.length) continue
    const depends = !isAscii(part.charCodeAt(begins))
    return depends && isLowerCaseInContext(template, lower, keys)
  }
  return end === lower.length
}

/** How many units of ASCII at the beginning of `part` stand in `lower` at `start`. */
function beginningIn(part: string, lower: string, start: number): number {
  let at = 0
  while (at < part.length) {
    const unit = part.charCodeAt(at)
    if (!isAscii(unit) || lowerAscii(unit) !== lower.charCodeAt(start + at)) break
    at++
  }
  return at
}

/** What depends on its neighbours is put together, unless it is too long: none gets shorter. */
function isLowerCaseInContext(template: Template, lower: string, keys: ConditionKeys): boolean {
  let length = 0
  for (const segment of template) length += textOf(segment, keys)?.length ?? Infinity
  if (length > lower.length) return false
  return lowerCase(expandText(template, keys) ?? '') === lower
}
