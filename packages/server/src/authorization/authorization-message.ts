// The encoded authorization message: why a request was denied, sealed, for whoever may call DecodeAuthorizationMessage
// (https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html). The caller who was denied carries it, and learns nothing from it: it
// is not compressed, and padded to few sizes, so that its length tells nothing of the policies either.
import type { Explanation, Layers, PolicySet, Statement } from '@twinlock/policy'
import type { Caller } from '../authentication/caller.ts'
import { callerArn, callerUserId } from '../authentication/caller.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { KeySource } from './condition-keys.ts'
import { presentKeys } from './condition-keys.ts'
import type { EncodedMessage } from './denial.ts'

/** Where a denial carries its message: in a header, which AWS's clients pass over, in its text as EC2's do, or nowhere. */
export const ENCODED_MESSAGES = ['header', 'text', 'off'] as const
export type EncodedMessages = (typeof ENCODED_MESSAGES)[number]

/** The message that a denial carries; undefined where it carries none. Asks for the explanation only if there is to be one. */
export type EncodeDenial = (explained: () => DeniedRequest) => EncodedMessage | undefined

/** A denied request, as the policy engine explains it. */
export type DeniedRequest = {
  readonly source: KeySource
  readonly layers: Layers & { readonly trust?: PolicySet }
  readonly explanation: Explanation
}

/** What a message holds. Short, for it must fit into a header: `decodedMessage` makes AWS's shape of it. */
type Told = {
  /** Seconds since the epoch. */
  readonly expiresAt: number
  readonly explicitDeny: boolean
  readonly principal: { readonly id: string; readonly name?: string; readonly arn: string }
  readonly action: string
  readonly resource: string
  readonly statements: readonly ToldStatement[]
  readonly conditions: readonly ToldKey[]
}

type ToldStatement = {
  readonly statementId: string
  /** Where the patterns are those of NotAction or NotResource. */
  readonly not?: { readonly action: boolean; readonly resource: boolean }
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions: readonly ToldCondition[]
}

type ToldCondition = readonly [...ToldKey, operator: string]
type ToldKey = readonly [key: string, values: readonly string[]]

const VALID_SECONDS = 24 * 3600

/** Of `DecodeAuthorizationMessage`'s input. */
const LONGEST_MESSAGE = 10_240

/**
 * Bytes before they are sealed. A header is always 3,068 characters long: proxies take headers of 4 kB altogether. In a text it is as many
 * steps of a thousand characters as it needs.
 */
const SIZES = { header: { step: 2252, most: 2252 }, text: { step: 750, most: 7500 } } as const

/** Values that clients may have put a secret into. */
const NEVER_TOLD = new Set(['sts:externalid', 'aws:referer'])

/** INVARIANT: a denial is a denial, whatever becomes of its message. */
export function denialEncoder(
  keyring: Keyring,
  where: EncodedMessages,
  report: (error: unknown) => void,
): EncodeDenial {
  if (where === 'off') return () => undefined
  return explained => {
    try {
      const message = encodeAuthorizationMessage(keyring, explained(), where)
      return message === undefined ? undefined : { where, message }
    } catch (error) {
      report(error)
      return undefined
    }
  }
}

/** The sealed message, or undefined where not even the request's own names fit into it. */
export function encodeAuthorizationMessage(
  keyring: Keyring,
  denied: DeniedRequest,
  where: Exclude<EncodedMessages, 'off'>,
): string | undefined {
  const { step, most } = SIZES[where]
  const { account, now } = denied.source.context
  const told = fitted(toldOf(denied, now), most)
  if (told === undefined) return undefined
  const plain = Buffer.from(JSON.stringify(told))
  // Blanks mean nothing to JSON.
  const padded = Buffer.alloc(Math.ceil(plain.length / step) * step, ' ')
  plain.copy(padded)
  return keyring.seal('authorization-message', padded, account).toString('base64url')
}

/** AWS's JSON of a message; undefined when it is not ours, was altered, is another account's or a day old. */
export function decodeAuthorizationMessage(
  keyring: Keyring,
  message: string,
  account: AccountId,
  now: Date,
): string | undefined {
  if (message.length > LONGEST_MESSAGE || !/^[\w-]+$/.test(message)) return undefined
  const sealed = Buffer.from(message, 'base64url')
  // One message has one text: bits that base64 leaves over, and does not decode, are none of ours.
  if (sealed.toString('base64url') !== message) return undefined
  const plain = keyring.open('authorization-message', sealed, account)
  if (plain === undefined) return undefined
  // What we sealed is what we read: the seal vouches for the shape.
  const told = JSON.parse(plain.toString()) as Told
  return now.getTime() < told.expiresAt * 1000 ? JSON.stringify(decodedMessage(told)) : undefined
}

function toldOf({ source, layers, explanation }: DeniedRequest, now: Date): Told {
  const { context, permission } = source
  return {
    expiresAt: Math.floor(now.getTime() / 1000) + VALID_SECONDS,
    explicitDeny: explanation.evaluation.EvalDecision === 'explicitDeny',
    principal: toldPrincipal(context.caller),
    action: permission.action,
    resource: permission.resource,
    statements: writtenStatements(layers, explanation).map(toldStatement),
    conditions: toldKeys(source, explanation),
  }
}

/** Sessions have no name of their own there, only their id's second half. */
const toldPrincipal = (caller: Caller) => ({
  id: callerUserId(caller),
  ...(caller.kind === 'user' && { name: caller.userName }),
  arn: callerArn(caller),
})

/** The statements that denied, as they stand in their documents. */
function writtenStatements(
  { identity, boundary, session, trust }: DeniedRequest['layers'],
  { matchedStatements }: Explanation,
): readonly Statement[] {
  const policies = [identity, boundary, session, trust].flatMap(set => set?.policies ?? [])
  return matchedStatements.flatMap(({ source, start }) => {
    const written = policies.find(policy => policy.source === source)?.policy.statements
    return written?.filter(statement => statement.start === start) ?? []
  })
}

function toldStatement({ Sid = '', action, resource, conditions }: Statement): ToldStatement {
  const not = {
    action: action.element === 'NotAction',
    resource: resource?.element === 'NotResource',
  }
  return {
    statementId: Sid,
    ...((not.action || not.resource) && { not }),
    actions: action.patterns,
    resources: (resource?.patterns ?? []).filter(pattern => pattern !== null),
    conditions: conditions.map(({ operator, key, values }) => [key, values, operator]),
  }
}

/** The request's keys, those first that the examined statements ask for. */
function toldKeys(source: KeySource, { steps }: Explanation): readonly ToldKey[] {
  const asked = new Set(
    steps
      .flatMap(({ statements }) => statements.flatMap(({ conditions }) => conditions))
      .map(({ key }) => key.toLowerCase()),
  )
  const isAsked = ([key]: ToldKey) => asked.has(key.toLowerCase())
  const keys = presentKeys(source)
    .filter(([key]) => !NEVER_TOLD.has(key.toLowerCase()))
    .map(([key, value]): ToldKey => [key, [value].flat()])
  return [...keys.filter(isAsked), ...keys.filter(key => !isAsked(key))]
}

/**
 * What fits: first the statements, without what they say where that is too long, and then the keys, each in its order.
 * undefined when even the request's own names are too long.
 */
function fitted(told: Told, mostBytes: number): Told | undefined {
  let room = mostBytes - sizeOf({ ...told, statements: [], conditions: [] })
  if (room < 0) return undefined
  const fits = (item: unknown) => {
    // A comma is part of each.
    const left = room - sizeOf(item) - 1
    if (left < 0) return false
    room = left
    return true
  }
  const statements = told.statements.flatMap(statement => {
    const bare = { ...statement, actions: [], resources: [], conditions: [] }
    return [statement, bare].find(fits) ?? []
  })
  return { ...told, statements, conditions: told.conditions.filter(fits) }
}

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

/** The shape that EC2's messages have, which knows no NotAction, no NotResource and no operators: those are ours. */
function decodedMessage({
  explicitDeny,
  statements,
  principal,
  action,
  resource,
  conditions,
}: Told) {
  return {
    allowed: false,
    explicitDeny,
    matchedStatements: items(
      statements.map(({ statementId, not, actions, resources, conditions: asked }) => ({
        statementId,
        effect: 'DENY',
        principals: values([principal.id]),
        principalGroups: items([]),
        ...patterns('actions', 'notActions', actions, not?.action),
        ...patterns('resources', 'notResources', resources, not?.resource),
        conditions: items(
          asked.map(([key, texts, operator]) => ({ key, operator, values: values(texts) })),
        ),
      })),
    ),
    failures: items([]),
    context: { principal, action, resource, conditions: keys(conditions) },
  }
}

const patterns = (name: string, negated: string, texts: readonly string[], isNegated = false) =>
  isNegated ? { [name]: items([]), [negated]: values(texts) } : { [name]: values(texts) }

const items = <Item>(list: readonly Item[]) => ({ items: list })
const values = (texts: readonly string[]) => items(texts.map(value => ({ value })))
const keys = (told: readonly ToldKey[]) =>
  items(told.map(([key, texts]) => ({ key, values: values(texts) })))
