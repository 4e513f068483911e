// The Principal element of trust and resource policies: its forms, and AWS's words for what is none
// of them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
import type { Json } from '../json.ts'
import type { PrincipalElement, PrincipalEntry, PrincipalType } from '../policy.ts'
import type { Draft, DraftStatement } from './draft.ts'

const TYPES: ReadonlySet<string> = new Set<PrincipalType>([
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
])

const ACCOUNT = /^\d{12}$/
const UNIQUE_ID = /^(?:AIDA|AROA)[A-Z0-9]{12,28}$/
/** Printable, without the wildcards: a path has these between its slashes. */
const PATH = '[!-)+->@-~]+'
const NAME = '[\\w+=,.@-]+'
const PRINCIPAL_ARN = new RegExp(
  `^arn:aws:(?:iam::\\d{12}:(?:root|(?:user|role)/(?:${PATH}/)?${NAME})|sts::\\d{12}:(?:assumed-role/${NAME}/${NAME}|federated-user/${NAME}))$`,
)
const DOMAIN = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/
const PROVIDER_ARN = new RegExp(`^arn:aws:iam::\\d{12}:(?:saml|oidc)-provider/${PATH}$`)

/** The element as a value. @throws PolicyError */
export function readPrincipal(
  { principal, start }: DraftStatement,
  { refusal }: Draft,
): PrincipalElement {
  if (principal === undefined) throw refusal('Missing required field Principal', start)
  const { element, json } = principal
  if (json.kind === 'string') {
    if (json.text === '*') return { element, principals: '*' }
    throw refusal('Principal must be a JSON object.', json.start)
  }
  if (json.kind !== 'object') throw refusal('Principal must be a JSON object.', json.start)
  const principals = [...json.members].flatMap(([type, values]) =>
    textsOf(values, refusal).map(value => readEntry(type, value, refusal, values.start)),
  )
  if (principals.length === 0) {
    throw refusal('Missing required field Principal cannot be empty!', json.start)
  }
  return { element, principals }
}

function readEntry(
  type: string,
  value: string,
  refusal: Draft['refusal'],
  offset: number,
): PrincipalEntry {
  if (!isPrincipalType(type)) {
    throw refusal(`AssumeRolepolicy contained an invalid principal: "${type}":"${value}".`, offset)
  }
  const fault = FAULTS[type](value)
  if (fault !== undefined) throw refusal(fault, offset)
  return { type, value }
}

const FAULTS: Readonly<Record<PrincipalType, (value: string) => string | undefined>> = {
  AWS: value =>
    isAwsPrincipal(value) ? undefined : `Invalid principal in policy: "AWS":"${value}"`,
  Service: value =>
    DOMAIN.test(value) ? undefined : `Invalid principal in policy: "SERVICE":"${value}"`,
  Federated: value =>
    DOMAIN.test(value) || PROVIDER_ARN.test(value)
      ? undefined
      : 'Federated principals must be valid domain names or SAML metadata ARNs',
  CanonicalUser: value =>
    /^[0-9a-f]{64}$/.test(value)
      ? undefined
      : `Invalid principal in policy: "CANONICALUSER":"${value}"`,
}

function isAwsPrincipal(value: string): boolean {
  return value === '*' || [ACCOUNT, UNIQUE_ID, PRINCIPAL_ARN].some(form => form.test(value))
}

function isPrincipalType(type: string): type is PrincipalType {
  return TYPES.has(type)
}

function textsOf(json: Json, refusal: Draft['refusal']): string[] {
  const elements = json.kind === 'array' ? json.elements : [json]
  return elements.map(element => {
    if (element.kind === 'string') return element.text
    throw refusal('Syntax errors in policy.', element.start)
  })
}
