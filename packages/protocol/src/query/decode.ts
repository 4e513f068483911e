// awsQuery parameters to an operation's input: `Tags.member.1.Key=team` to `{ Tags: [{ Key: 'team' }] }`, as the model
// types it. Parameters that the model does not know are ignored. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html

import { AwsError } from '../errors.ts'
import type { AwsMap, List, Operation, Shape, Structure } from '../model/model.ts'
import type { Parameters } from './parameters.ts'

/** An operation's input by the names of its members; an absent member is absent. */
export type Input = Readonly<Record<string, unknown>>

/** No shape of IAM or STS lies deeper (`ContextEntries.member.1.ContextKeyValues.member.1` is 6); deeper names are unknown ones. */
const MAX_DEPTH = 16

/** The number of an element. Nobody sends more elements than these digits count. */
const INDEX = /^\d{1,9}$/

/** From one element's number to the next; what lies between was left out. */
const WIDEST_STEP = 10

/** A parameter's place in the tree that the dots of names make. */
type Node = { value?: string; readonly children: Map<string, Node> }

/**
 * The input that the parameters spell.
 * @throws MalformedInput for a value that its shape can't hold
 */
export function decodeInput({ input }: Operation, parameters: Parameters): Input {
  return input === undefined ? {} : decodeMembers(input, treeOf(parameters))
}

function treeOf(parameters: Parameters): Node {
  const root: Node = { children: new Map() }
  for (const [name, value] of parameters) {
    const path = name.split('.', MAX_DEPTH + 1)
    if (path.length <= MAX_DEPTH) place(root, path).value = value
  }
  return root
}

function place(root: Node, path: readonly string[]): Node {
  let node = root
  for (const step of path) {
    let child = node.children.get(step)
    if (child === undefined) node.children.set(step, (child = { children: new Map() }))
    node = child
  }
  return node
}

function decode(shape: Shape, node: Node): unknown {
  switch (shape.type) {
    case 'structure':
      expectEmpty(node, 'structure or map')
      return decodeMembers(shape, node)
    case 'list':
      return decodeList(shape, node)
    case 'map':
      return decodeMap(shape, node)
    case 'string':
    case 'integer':
    case 'boolean':
    case 'blob':
    case 'document':
    case 'timestamp':
      if (node.value === undefined || node.children.size > 0) {
        throw malformed('Unexpected complex element termination')
      }
      return SCALARS[shape.type](node.value)
    default:
      return shape satisfies never
  }
}

function decodeMembers({ members }: Structure, { children }: Node): Input {
  const input: Record<string, unknown> = {}
  for (const { name, shape } of members) {
    const child = children.get(name)
    if (child !== undefined) input[name] = decode(shape, child)
  }
  return input
}

function decodeList({ member }: List, node: Node): readonly unknown[] {
  expectEmpty(node, 'list')
  return elements(node, 'member').map(element => element && decode(member, element))
}

function decodeMap({ key, value }: AwsMap, node: Node): Input {
  expectEmpty(node, 'structure or map')
  // The caller chooses the keys, `__proto__` too.
  const map = Object.create(null) as Record<string, unknown>
  for (const entry of elements(node, 'entry')) {
    const [keyNode, valueNode] = [entry?.children.get('key'), entry?.children.get('value')]
    if (keyNode === undefined || valueNode === undefined) {
      throw malformed('Unexpected complex element termination')
    }
    map[String(decode(key, keyNode))] = decode(value, valueNode)
  }
  return map
}

/** The elements below `X.member` or `X.entry` at the places of their numbers; undefined where a number was left out. */
function elements({ children }: Node, wrapper: 'member' | 'entry'): readonly (Node | undefined)[] {
  if (children.size === 0) return []
  const wrapped = children.get(wrapper)
  if (wrapped === undefined || wrapped.value !== undefined || wrapped.children.size === 0) {
    throw malformed('Unexpected list element termination')
  }
  const numbered = [...wrapped.children].map(([key, element]) => ({ n: indexOf(key), element }))
  const placed: (Node | undefined)[] = []
  for (const { n, element } of numbered.sort((a, b) => a.n - b.n)) {
    checkStep(placed.length, n)
    while (placed.length < n - 1) placed.push(undefined)
    placed.push(element)
  }
  return placed
}

/** The texts are recorded. */
function indexOf(key: string): number {
  if (key.startsWith('-')) throw malformed(`Key ${key} may not have a leading '-'`)
  if (!INDEX.test(key)) throw malformed('Start of list found where not expected')
  const n = Number(key)
  if (n === 0) throw malformed(`${key} is not a valid index`)
  return n
}

/** A step is counted from the element before, from 1 where there is none (recorded). */
function checkStep(last: number, n: number): void {
  if (n === last) throw malformed('Unexpected list element termination')
  const step = n - Math.max(last, 1)
  if (step > WIDEST_STEP) {
    throw malformed(`Excessively sparse input would skip ${step} list elements`)
  }
}

/** A structure, list or map may be present as its name with an empty value, and with no other. */
function expectEmpty({ value = '' }: Node, kind: string): void {
  if (value !== '') throw malformed(`Start of ${kind} found where not expected.`)
}

const SCALARS = {
  string: (text: string) => text,

  integer(text: string) {
    const value = /^[+-]?\d{1,10}$/.test(text) ? Number(text) : Number.NaN
    if (value >= -(2 ** 31) && value < 2 ** 31) return value
    throw malformed(`${text} can not be converted to an Integer`)
  },

  boolean(text: string) {
    if (text === 'true' || text === '1') return true
    if (text === 'false' || text === '0') return false
    throw malformed(`${text} can not be converted to a Boolean`)
  },

  // The value is a secret as a rule: it is not repeated.
  blob(text: string) {
    if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text))
      return Buffer.from(text, 'base64')
    throw malformed('Blob value is not valid Base64')
  },

  document(): never {
    throw malformed('awsQuery has no documents')
  },

  timestamp(text: string) {
    const time = /^\d{1,12}(\.\d+)?$/.test(text)
      ? Number(text) * 1000
      : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
        ? Date.parse(text)
        : Number.NaN
    if (Number.isNaN(time) || Number.isNaN(new Date(time).getTime())) {
      throw malformed('timestamp must follow ISO8601')
    }
    return new Date(time)
  },
} satisfies Record<string, (text: string) => unknown>

const malformed = (message: string) => new AwsError('MalformedInput', message)
