// What is asked about: actions, with their wildcards expanded over the catalogue, on resources.
import type { Catalogue } from '@twinlock/catalogue'
import { matchesPattern, parsePattern } from '@twinlock/policy'
import { UsageError } from '../../../command-errors.ts'

/** The documented actions that a pattern matches, or the action itself, whether or not it is documented. */
export function expandAction(pattern: string, catalogue: Catalogue): readonly string[] {
  if (!/[*?]/.test(pattern)) {
    if (!/^[^:\s]+:[^:\s]+$/.test(pattern)) {
      throw new UsageError(`\`${pattern}\` is no action: write it as in s3:GetObject.`)
    }
    return [catalogue.findAction(pattern)?.name ?? pattern]
  }
  const found = actionsLike(pattern, catalogue)
  if (found.length === 0) throw new UsageError(`no documented action is like \`${pattern}\`.`)
  return found
}

function actionsLike(pattern: string, catalogue: Catalogue): readonly string[] {
  const [service = '', name = pattern === '*' ? '*' : undefined] = pattern.split(':')
  if (name === undefined || service === '') {
    throw new UsageError(`\`${pattern}\` is no action: write it as in s3:Get*.`)
  }
  const isLike = likeness(name)
  return catalogue.services.filter(likeness(service)).flatMap(one =>
    catalogue
      .actionsOf(one)
      .filter(isLike)
      .map(action => `${one}:${action}`),
  )
}

/** Actions compare without case, as in policies. */
function likeness(pattern: string): (text: string) => boolean {
  const parsed = parsePattern(pattern.toLowerCase())
  return text => matchesPattern(parsed, text.toLowerCase())
}

/** A resource as a request names it: an ARN, or `*` for an action that has none. */
export function parseResource(text: string): string {
  if (text === '*' || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:./.test(text)) return text
  throw new UsageError(`\`${text}\` is no resource: give an ARN, or \`*\`.`)
}
