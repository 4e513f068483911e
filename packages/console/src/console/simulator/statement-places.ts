// Where a statement that took part in a decision is written, and on which page it can be changed.
import type { MatchedStatement, Position } from '@twinlock/policy'
import { links } from '../links.ts'
import { IDENTITIES } from '../permissions/identity.ts'
import type { PolicyText, Principal } from './account.ts'

export type PlaceOf = (statement: MatchedStatement) => {
  readonly line: number
  readonly link: string | undefined
}

/** @param principals those whose policies may be asked about */
export function statementPlaces(principals: readonly Principal[]): PlaceOf {
  const texts = new Map(
    principals
      .flatMap(({ policies, boundary, trust }) => [...policies, boundary, trust])
      .filter(text => text !== undefined)
      .map(text => [keyOf(text.source), text]),
  )
  return ({ source, start }) => {
    const text = texts.get(keyOf(source))
    return { line: lineOfBrace(text?.text ?? '', start), link: text && linkTo(text) }
  }
}

const keyOf = ({ type, name, arn }: PolicyText['source']) => `${type} ${arn ?? name}`

/** A statement's `start` is where AWS's simulator has it: just after the token before, which may be lines above. */
function lineOfBrace(text: string, { line, column }: Position): number {
  const lines = text.split(/\r\n?|\n/)
  const isBelow = (one: string, index: number) =>
    index >= line - 1 && one.indexOf('{', index === line - 1 ? column - 1 : 0) !== -1
  const found = lines.findIndex(isBelow)
  return found === -1 ? line : found + 1
}

function linkTo({ source, owner }: PolicyText): string | undefined {
  if (source.arn !== undefined) return links.policy(source.arn)
  if (owner === undefined) return undefined
  const { link } = IDENTITIES[owner.kind]
  if (source.type === 'trust') return link(owner.name, '?tab=trust_relationships')
  const name = source.name.split('/').slice(2).join('/')
  return link(owner.name, `/inline-policy?name=${encodeURIComponent(name)}`)
}
