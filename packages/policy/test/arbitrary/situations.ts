// Layers of documents, callers and requests, for holding two evaluators against each other:
// everything that the policy language has, from alphabets so small that it often applies.
import fc from 'fast-check'
import type { PolicyKind, PrincipalFacts } from '../../src/index.ts'
import type { Document, Keys } from '../vectors.ts'
import { ALICE, ALICE_ID, AWAY, DEV, DEV_ID, HOME, PRINCIPALS, SERVICE_LINKED } from './callers.ts'
import { ACTIONS, ANY_DOCUMENT, EVERYTHING, RCP_EVERYTHING, RESOURCES } from './documents.ts'
import { FAMILIES, MULTIVALUED_KEYS, SEVERAL_ACTUAL } from './values.ts'

/** One request, as a vector writes it. */
export type PlainRequest = {
  readonly action: string
  readonly resource: string
  readonly keys: Keys
  readonly principal: PrincipalFacts
  readonly resourceAccount?: string
  readonly managementAccount?: string
  readonly needsResourcePolicy?: boolean
}

/** The documents of every layer, as vectors write them. */
export type PlainLayers = {
  readonly identity: readonly Document[]
  readonly boundary?: readonly Document[]
  readonly session?: readonly Document[]
  readonly task?: readonly Document[]
  readonly resource?: readonly Document[]
  readonly trust?: readonly Document[]
  readonly scps?: readonly (readonly Document[])[]
  readonly rcps?: readonly (readonly Document[])[]
  readonly bindings?: Readonly<Record<string, string>>
}

/** Documents, and several requests that are decided by them: compiling costs more than deciding. */
export type Situation = {
  readonly layers: PlainLayers
  readonly requests: readonly PlainRequest[]
}

/** Several documents, often with one that allows everything: a chain of layers lets little through. */
function layer(kind: PolicyKind, everything?: Document): fc.Arbitrary<readonly Document[]> {
  const few = fc.array(ANY_DOCUMENT[kind], { maxLength: 2 })
  if (everything === undefined) return few
  return fc.oneof(
    { weight: 1, arbitrary: few },
    { weight: 3, arbitrary: few.map(documents => [everything, ...documents]) },
  )
}

/** Present in one of `times` cases. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: times - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  )
}

/** Most levels allow everything and deny something; now and then one forgot to allow. */
const anyLevels = (kind: 'scp' | 'rcp', everything: Document) =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom([everything], [everything], [everything], []),
        fc.array(ANY_DOCUMENT[kind], { maxLength: 1 }),
      )
      .map(documents => documents.flat()),
    { maxLength: 2 },
  )

/** Each key is there or not, half and half. */
function halfTheTime<T>(values: readonly T[]): fc.Arbitrary<T | undefined> {
  return fc.constantFrom<T | undefined>(...values.map(() => undefined), ...values)
}

const anySingleValue = Object.fromEntries(
  FAMILIES.flatMap(({ keys, actual }) => keys.map(key => [key, halfTheTime(actual)])),
)
const anySeveralValues = Object.fromEntries(
  MULTIVALUED_KEYS.map(key => [key, halfTheTime(SEVERAL_ACTUAL)]),
)

const anyKeys: fc.Arbitrary<Keys> = fc
  .record({ ...anySingleValue, ...anySeveralValues })
  .map(withoutUndefined)

function isOfHome({ account }: PrincipalFacts): boolean {
  return account === HOME
}

const anyAccount = fc.constantFrom(HOME, AWAY)

function anyRequest(isTrust: boolean): fc.Arbitrary<PlainRequest> {
  return fc
    .record({
      action: isTrust
        ? fc.constantFrom('sts:AssumeRole', 'sts:AssumeRole', 'STS:assumerole', 'sts:TagSession')
        : fc.constantFrom(...ACTIONS, 'S3:GETOBJECT'),
      resource: isTrust ? fc.constantFrom(DEV, SERVICE_LINKED) : fc.constantFrom(...RESOURCES),
      keys: anyKeys,
      principal: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...PRINCIPALS.filter(isOfHome)) },
        { weight: 2, arbitrary: fc.constantFrom(...PRINCIPALS) },
      ),
      resourceAccount: isTrust ? anyAccount : sometimes(anyAccount, 4),
      managementAccount: sometimes(anyAccount, 4),
      needsResourcePolicy: sometimes(fc.constant(true), 6),
    })
    .map(withoutUndefined)
}

/** Per situation: compiling costs more than deciding. */
export const REQUESTS = 20

/** Layers and requests; with a trust policy among the layers the requests assume a role. */
export const anySituation: fc.Arbitrary<Situation> = fc
  .constantFrom(false, false, true)
  .chain(isTrust =>
    fc.record({
      layers: fc
        .record({
          identity: layer('identity', EVERYTHING),
          boundary: sometimes(layer('boundary', EVERYTHING), 3),
          session: sometimes(layer('session', EVERYTHING), 3),
          task: sometimes(layer('session'), 8),
          resource: isTrust ? fc.constant(undefined) : sometimes(layer('resource'), 2),
          trust: isTrust
            ? fc.array(ANY_DOCUMENT.trust, { minLength: 1, maxLength: 2 })
            : fc.constant(undefined),
          scps: sometimes(anyLevels('scp', EVERYTHING), 3),
          rcps: sometimes(anyLevels('rcp', RCP_EVERYTHING), 3),
          bindings: fc.constantFrom(undefined, undefined, { [ALICE]: ALICE_ID, [DEV]: DEV_ID }),
        })
        .map(withoutUndefined),
      requests: fc.array(anyRequest(isTrust), { minLength: REQUESTS, maxLength: REQUESTS }),
    }),
  )

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** An absent layer is one that is not there. */
function withoutUndefined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as Defined<T>
}
