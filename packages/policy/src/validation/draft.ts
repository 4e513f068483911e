// From JSON to the elements of a policy, before anything is asked of their contents: names, types,
// and which exclude each other.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import { type Json, type JsonObject, JsonSyntaxError, parseJson } from '../json.ts'
import { findOperator } from '../operators/operators.ts'
import type { PolicyError } from '../policy-error.ts'
import { type Position, positionsIn } from '../position.ts'
import type { Condition, PolicyVersion, ResourceElement, Statement } from '../policy.ts'
import type { Wording } from './wording.ts'

/** A document whose shape is right. */
export type Draft = {
  readonly Version?: PolicyVersion
  readonly Id?: string
  readonly statements: readonly DraftStatement[]
  readonly positionAt: (offset: number) => Position
  /** The refusal of this document. `offset`: where it shows. */
  readonly refusal: (message: string, offset: number) => PolicyError
}

/** `Effect` may still be in the wrong case, and any element but it may be missing. */
export type DraftStatement = {
  readonly Sid: string | undefined
  readonly Effect: string
  readonly principal:
    | { readonly element: 'Principal' | 'NotPrincipal'; readonly json: Json }
    | undefined
  readonly action: Statement['action'] | undefined
  readonly resource: ResourceElement | undefined
  readonly conditions: readonly Condition[]
  readonly hasCondition: boolean
  /** Offset of the end of the token before the statement, and of what follows its last brace. */
  readonly start: number
  readonly end: number
}

const EFFECT = /^(?:allow|deny)$/i

const DOCUMENT_ELEMENTS = new Set(['Version', 'Id', 'Statement'])
const STATEMENT_ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])

/** @throws PolicyError */
export function readDraft(text: string, wording: Wording): Draft {
  const positionAt = positionsIn(text)
  const refusal = (message: string, offset: number) => wording.refusal(message, positionAt(offset))
  const json = parseText(text, wording, refusal)
  return { ...new DraftReader(wording, refusal).readDocument(json), positionAt, refusal }
}

function parseText(text: string, wording: Wording, refusal: Draft['refusal']): Json {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw refusal(wording.notJson, error.offset)
    throw error
  }
}

class DraftReader {
  readonly #wording: Wording
  readonly #refusal: Draft['refusal']

  constructor(wording: Wording, refusal: Draft['refusal']) {
    this.#wording = wording
    this.#refusal = refusal
  }

  readDocument(json: Json): Pick<Draft, 'Version' | 'Id' | 'statements'> {
    const { members } = this.#object(json, DOCUMENT_ELEMENTS)
    const Version = this.#readVersion(members.get('Version'))
    const Id = this.#optionalString(members.get('Id'))
    const statements = this.#readStatements(members.get('Statement'), json)
    return {
      ...(Version !== undefined && { Version }),
      ...(Id !== undefined && { Id }),
      statements,
    }
  }

  #readVersion(json: Json | undefined): PolicyVersion | undefined {
    if (json === undefined) return undefined
    if (json.kind === 'string' && (json.text === '2008-10-17' || json.text === '2012-10-17')) {
      return json.text
    }
    throw this.#refusal(this.#wording.badVersion, json.start)
  }

  #readStatements(json: Json | undefined, document: Json): DraftStatement[] {
    if (json === undefined) throw this.#refusal(this.#wording.noStatement, document.start)
    if (json.kind === 'object') return [this.#readStatement(json, json.start + 1)]
    if (json.kind !== 'array') throw this.#malformed(json)
    if (json.elements.length === 0) throw this.#refusal(this.#wording.noStatement, json.start)
    return json.elements.map((element, index) =>
      this.#readStatement(element, json.elements[index - 1]?.end ?? json.start + 1),
    )
  }

  #readStatement(json: Json, start: number): DraftStatement {
    const { members, end } = this.#object(json, STATEMENT_ELEMENTS)
    const Sid = this.#optionalString(members.get('Sid'))
    const Effect = this.#readEffect(members.get('Effect'), json)
    const principal = this.#oneOf(members, 'Principal', 'NotPrincipal')
    const action = this.#oneOf(members, 'Action', 'NotAction')
    const resource = this.#oneOf(members, 'Resource', 'NotResource')
    const condition = members.get('Condition')
    return {
      Sid,
      Effect,
      principal,
      action: action && { element: action.element, patterns: this.#strings(action.json) },
      resource: resource && {
        element: resource.element,
        patterns: this.#stringsAndNulls(resource.json),
      },
      conditions: condition === undefined ? [] : this.#readConditions(condition),
      hasCondition: condition !== undefined,
      start,
      end,
    }
  }

  #readEffect(json: Json | undefined, statement: Json): string {
    if (json === undefined) throw this.#refusal(this.#wording.noEffect, statement.start)
    const Effect = this.#string(json)
    if (!EFFECT.test(Effect)) throw this.#refusal(this.#wording.badEffect(Effect), json.start)
    return Effect
  }

  /** An operator that nobody knows is an error only when it stands over a key. */
  #readConditions(json: Json): Condition[] {
    const conditions: Condition[] = []
    for (const [operator, keys] of this.#object(json).members) {
      for (const [key, values] of this.#object(keys).members) {
        if (findOperator(operator) === undefined) throw this.#malformed(keys)
        conditions.push({
          operator,
          key,
          values: this.#elements(values).map(one => this.#scalar(one)),
        })
      }
    }
    return conditions
  }

  #oneOf<Positive extends string, Negative extends string>(
    members: ReadonlyMap<string, Json>,
    positive: Positive,
    negative: Negative,
  ): { element: Positive | Negative; json: Json } | undefined {
    const [wanted, unwanted] = [members.get(positive), members.get(negative)]
    if (wanted !== undefined && unwanted !== undefined) throw this.#malformed(unwanted)
    if (wanted !== undefined) return { element: positive, json: wanted }
    return unwanted && { element: negative, json: unwanted }
  }

  #object(json: Json, elements?: ReadonlySet<string>): JsonObject {
    if (json.kind !== 'object') throw this.#malformed(json)
    for (const [name, value] of elements ? json.members : []) {
      if (elements?.has(name)) continue
      throw this.#refusal(this.#wording.unknownField(name), value.start)
    }
    return json
  }

  #strings(json: Json): string[] {
    return this.#elements(json).map(element => this.#string(element))
  }

  #stringsAndNulls(json: Json): (string | null)[] {
    if (json.kind !== 'array') return [this.#string(json)]
    return json.elements.map(element => (element.kind === 'null' ? null : this.#string(element)))
  }

  #elements(json: Json): readonly Json[] {
    return json.kind === 'array' ? json.elements : [json]
  }

  #optionalString(json: Json | undefined): string | undefined {
    return json && this.#string(json)
  }

  #string(json: Json): string {
    if (json.kind !== 'string') throw this.#malformed(json)
    return json.text
  }

  /** Quotes around numbers and booleans are optional. */
  #scalar(json: Json): string {
    if (json.kind === 'object' || json.kind === 'array' || json.kind === 'null') {
      throw this.#malformed(json)
    }
    return json.text
  }

  #malformed(json: Json): PolicyError {
    return this.#refusal(this.#wording.malformed, json.start)
  }
}
