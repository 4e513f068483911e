// VAR001 to VAR007: how a policy says "one's own", and what the spelling really means.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
import { hasVariable, parseTemplate } from '../variables.ts'
import { segmentsOf } from '../validation/resources.ts'
import type { Entry, LintedDocument, LintedStatement } from './document.ts'
import { addFirstMember, replaceString, rewriteList } from './edits.ts'
import { meant, REMOVE_DEVICES } from './mfa-actions.ts'
import { eachStatement, type Observation, type Rule } from './rule.ts'

/** VAR001: one finding for the document, where its first variable stands. */
export const variableIn2008: Rule = document => {
  if (document.version === '2012-10-17') return []
  const [first, ...more] = document.statements.flatMap(texts).filter(({ text }) => isVariable(text))
  if (first === undefined) return []
  const version = document.json.members.get('Version')
  return [
    {
      code: 'VAR001',
      at: first.json,
      why: `${version ? 'Version 2008-10-17' : 'A document without Version is of 2008, which'} knows no variables: "${first.text}" is compared as it is written${more.length > 0 ? `, and so are ${more.length} more` : ''}.`,
      fix: () => [
        version
          ? replaceString(version, '2012-10-17')
          : addFirstMember(document.text, document.json, 'Version', '"2012-10-17"'),
      ],
    },
  ]
}

/** VAR002: the Region, the account. */
export const variableBeforeFifthColon = eachResource((entry, _linted, document) => {
  const segments = segmentsOf(entry.text)
  const head = segments.slice(0, 5)
  if (document.version === '2008-10-17' || !head.some(isVariable)) return []
  const corrected = [...head.map(segment => (isVariable(segment) ? '*' : segment)), segments[5]]
  return [
    {
      code: 'VAR002',
      at: entry.json,
      why: 'AWS documents variables for the part after the fifth colon only. Before it nothing is put in their place, and the entry matches nothing.',
      fix: () => [replaceString(entry.json, corrected.join(':'))],
    },
  ]
})

/** VAR003: a wildcard that touches the name. */
export const otherUsersToo = eachResource(entry => {
  const own = ownName(entry.text)
  if (own?.type !== 'user' || !(/[*?]$/.test(own.before) || /^[*?]/.test(own.after))) return []
  const why = /[*?]$/.test(own.before)
    ? 'A wildcard just before the name takes its beginning as well: the user ice is then alice too.'
    : 'A wildcard just after the name takes longer ones as well: the user bob is then bobby too.'
  return [
    {
      code: 'VAR003',
      at: entry.json,
      why: `${why} What is meant for one's own user is given for others'.`,
      fix: () => [replaceString(entry.json, own.path + USER_NAME)],
    },
  ]
})

/** VAR004: a person can have eight devices, and names are free. */
export const deviceNamedAfterUser = eachResource((entry, linted) => {
  const own = ownName(entry.text)
  if (own?.type !== 'mfa' || own.before !== '' || own.after !== '') return []
  const { element, patterns } = linted.statement.action
  if (linted.statement.Effect === 'Deny' || element === 'NotAction') return []
  if (!patterns.some(pattern => meant(pattern, [CREATE_DEVICE]).length > 0)) return []
  const removes = patterns.some(pattern => meant(pattern, REMOVE_DEVICES).length > 0)
  return [
    {
      code: 'VAR004',
      at: entry.json,
      why: `A user may have eight devices since 2022, and the console lets people name them: only one that is called like its owner can be created. AWS's samples now say mfa/*.${removes ? ' For deleting, the narrow form is right: part the two.' : ''}`,
      ...(!removes && { fix: () => [replaceString(entry.json, `${own.path}*`)] }),
    },
  ]
})

const CREATE_DEVICE = 'iam:CreateVirtualMFADevice'

const USER_NAME = '${aws:username}'

type OwnName = {
  readonly type: 'user' | 'mfa'
  /** Up to the last slash before the name. */
  readonly path: string
  readonly before: string
  readonly after: string
}

/** The parts of an ARN that ends in one's own name, as `arn:aws:iam::*:user/${aws:username}`. */
export function ownName(text: string): OwnName | undefined {
  const at = text.toLowerCase().indexOf(USER_NAME)
  if (at === -1) return undefined
  const head = text.slice(0, at)
  const slash = head.lastIndexOf('/') + 1
  const type = head.includes(':user/') ? 'user' : head.includes(':mfa/') ? 'mfa' : undefined
  return (
    type && {
      type,
      path: head.slice(0, slash),
      before: head.slice(slash),
      after: text.slice(at + USER_NAME.length),
    }
  )
}

/** VAR005: `user/…/name` wants a slash before the name. */
export const usersWithoutPath = eachResource((entry, linted, { text }) => {
  if (!/:user\/\*\/\$\{aws:username\}$/i.test(entry.text)) return []
  const plain = entry.text.replace(/user\/\*\//i, 'user/')
  const entries = linted.resource?.entries ?? []
  if (linted.statement.Effect === 'Deny' || entries.some(other => includes(other, plain))) return []
  return [
    {
      code: 'VAR005',
      at: entry.json,
      why: 'The ARN of a user whose path is "/" has nothing between user/ and the name, so the entry is not about them. With both forms it is about everybody.',
      fix: () => (linted.resource && rewriteList(text, linted.resource.json, [], [plain])) ?? [],
    },
  ]
})

/** VAR006: `&{…}` and `$${…}`, which Terraform turns into `${…}`, and nobody else. */
export const escapedVariable = eachStatement(linted =>
  texts(linted)
    .filter(({ text }) => ESCAPED.test(text))
    .map(({ text, json }): Observation => ({
      code: 'VAR006',
      at: json,
      why: 'Terraform writes a policy variable so, in order not to take it for its own. In the document that reaches AWS it has to be ${…}; as it stands the text matches nothing.',
      fix: () => [replaceString(json, text.replaceAll(new RegExp(ESCAPED, 'g'), '${'))],
    })),
)

const ESCAPED = /(?:&|\$\$)\{/

/** VAR007: `user/${aws:userid}`, which is AIDA… and no name. */
export const idInPlaceOfName = eachResource(({ text, json }) => {
  if (!text.includes(':user/') || !text.toLowerCase().endsWith(`/${USER_ID}`)) return []
  const path = text.slice(0, -USER_ID.length)
  return [
    {
      code: 'VAR007',
      at: json,
      why: 'aws:userid is the unique id, AIDA and more, and the ARN of a user ends in the name: the entry is about nobody.',
      fix: () => [replaceString(json, path + USER_NAME)],
    },
  ]
})

const USER_ID = '${aws:userid}'

type Look = (
  entry: Entry,
  linted: LintedStatement,
  document: LintedDocument,
) => readonly Observation[]

/** Looks at every entry of Resource. */
function eachResource(look: Look): Rule {
  return eachStatement((linted, document) =>
    linted.statement.resource?.element === 'Resource'
      ? (linted.resource?.entries ?? []).flatMap(entry => look(entry, linted, document))
      : [],
  )
}

/** Where variables may stand: resources, and values of conditions that compare texts. */
function texts({ resource, conditions }: LintedStatement): readonly Entry[] {
  return [
    ...(resource?.entries ?? []),
    ...conditions.flatMap(({ operator, entries }) => (/String|Arn/.test(operator) ? entries : [])),
  ]
}

function isVariable(text: string): boolean {
  return hasVariable(parseTemplate(text))
}

function includes({ text }: Entry, plain: string): boolean {
  return text.toLowerCase() === plain.toLowerCase()
}
