// ACT001 to ACT003: actions that there are not. AWS stores them without a word.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
import { compilePattern } from '../wildcard.ts'
import type { LintCatalogue } from './catalogue.ts'
import type { Entry, LintedDocument, LintedStatement } from './document.ts'
import { replaceString, rewriteList } from './edits.ts'
import { eachStatement, type Observation } from './rule.ts'
import { likelyMeant } from './spelling.ts'

/** ACT001: needs the catalogue. */
export const unknownAction = eachAction((entry, linted, { catalogue }) => {
  const { text, json } = entry
  if (catalogue === undefined || /[*?]/.test(text) || isMisspelt(text)) return []
  if (catalogue.findAction(text) !== undefined || isOfTwinlock(text)) return []
  const meant = actionMeant(text, catalogue)
  return [
    {
      code: 'ACT001',
      at: json,
      why: `AWS documents no ${text}${meant ? `; ${meant} is probably meant` : ''}. ${consequence(linted)}`,
      ...(meant !== undefined && { fix: () => [replaceString(json, meant)] }),
    },
  ]
})

/** ACT002: blanks, several names in one text, or none. */
export const misspeltAction = eachAction((entry, linted, { text }) => {
  if (!isMisspelt(entry.text)) return []
  const names = namesIn(entry.text)
  return [
    {
      code: 'ACT002',
      at: entry.json,
      why: `AWS stores "${entry.text}" and compares it letter by letter, blanks and commas included: it is no action. ${consequence(linted)}`,
      ...(names.length > 0 && {
        fix: () => rewriteList(text, linted.action.json, [entry.json], names) ?? [],
      }),
    },
  ]
})

/** ACT003: needs the catalogue. */
export const patternOfNoAction = eachAction((entry, linted, { catalogue }) => {
  const { text, json } = entry
  if (catalogue === undefined || !/[*?]/.test(text) || text === '*' || isMisspelt(text)) return []
  const [service = '', name = ''] = text.toLowerCase().split(':', 2)
  if (service === 'twinlock') return []
  const matches = compilePattern(name)
  if (catalogue.actionsOf(service).some(action => matches(action.toLowerCase()))) return []
  return [
    {
      code: 'ACT003',
      at: json,
      why: `${catalogue.services.includes(service) ? `No documented action of ${service} is like ${text}.` : `AWS documents no service with the prefix "${service}".`} ${consequence(linted)}`,
    },
  ]
})

type Look = (
  entry: Entry,
  linted: LintedStatement,
  document: LintedDocument,
) => readonly Observation[]

function eachAction(look: Look) {
  return eachStatement((linted, document) =>
    linted.action.entries.flatMap(entry => look(entry, linted, document)),
  )
}

function isMisspelt(text: string): boolean {
  return text !== '*' && (/[\s,;]/.test(text) || text.endsWith(':'))
}

/** What the text names when its blanks and commas are taken for what they are in prose. */
function namesIn(text: string): readonly string[] {
  const [service = '', ...rest] = text.split(':').map(part => part.trim())
  return rest
    .join(':')
    .split(/[\s,;]+/)
    .map(name => `${service}:${name}`)
    .filter(name => /^[\w.-]+:[\w*?-]+$/.test(name))
}

function isOfTwinlock(text: string): boolean {
  return text.toLowerCase().startsWith('twinlock:')
}

function actionMeant(text: string, { actionsOf }: LintCatalogue): string | undefined {
  const [service = '', name = ''] = text.split(':', 2)
  const meant = likelyMeant(name, actionsOf(service.toLowerCase()))
  return meant && `${service}:${meant}`
}

/** What an entry that means nothing does to its statement. */
function consequence({ statement }: LintedStatement): string {
  const { Effect, action } = statement
  if (action.element === 'NotAction') {
    return `In NotAction it exempts nothing: the ${Effect} is about what was to be left out.`
  }
  return Effect === 'Deny' ? 'It denies nothing.' : 'It allows nothing.'
}
