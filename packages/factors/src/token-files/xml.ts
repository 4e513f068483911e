// XML as far as seed files need it: namespaces, elements, text. `@xmldom/xmldom` reads it; what it is given was bounded
// before, and what XML can do beyond trees of text (document types, entities, anything external) is refused unseen.
import type { Element } from '@xmldom/xmldom'
import { unusable } from './imported-token.ts'
import { unusableFile } from './token-file-error.ts'

export type { Element } from '@xmldom/xmldom'

const LONGEST_TEXT = 2 * 1024 * 1024
const DEEPEST_NESTING = 32
const MOST_ELEMENTS = 100_000

/**
 * The root of the document.
 * @throws TokenFileError for anything but well-formed XML within bounds; the parser's own words, which quote, are not repeated
 */
export async function parseXml(text: string): Promise<Element> {
  if (text.length > LONGEST_TEXT) throw unusableFile('it is longer than two megabytes')
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw unusableFile('it has a document type')
  if (!isBounded(text)) throw unusableFile('it is nested too deeply or has too many elements')

  // Loaded here, because a server that never imports a token file need not hold it (30 ms, 4 MB).
  const { DOMParser, onWarningStopParsing } = await import('@xmldom/xmldom')
  const parser = new DOMParser({ onError: onWarningStopParsing, locator: false })
  try {
    const root = parser.parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml').documentElement
    if (root !== null) return root
  } catch {
    // Told below, without the parser's words.
  }
  throw unusableFile('it is not well-formed XML')
}

/**
 * Whether the tags stay within bounds, found in one pass over them: the parser's time grows with the square of the depth
 * when every element declares a namespace.
 */
function isBounded(text: string) {
  let depth = 0
  let elements = 0
  for (let at = text.indexOf('<'); at >= 0;) {
    const markup = markupAt(text, at)
    if (markup.kind === 'open') elements++
    if (markup.kind === 'open' && !markup.isEmpty) depth++
    if (markup.kind === 'close') depth--
    if (depth > DEEPEST_NESTING || elements > MOST_ELEMENTS) return false
    at = text.indexOf('<', markup.end)
  }
  return true
}

const OPAQUE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

/** What begins at `at`, and where it ends. */
function markupAt(text: string, at: number) {
  for (const [opening, closing] of OPAQUE) {
    if (!text.startsWith(opening, at)) continue
    return { kind: 'opaque', end: endOf(text, closing, at + opening.length) } as const
  }
  if (text[at + 1] === '/') return { kind: 'close', end: endOf(text, '>', at) } as const
  const end = endOfTag(text, at + 1)
  return { kind: 'open', end, isEmpty: text[end - 2] === '/' } as const
}

function endOf(text: string, closing: string, from: number) {
  const found = text.indexOf(closing, from)
  return found < 0 ? text.length : found + closing.length
}

/** Behind the `>` that no quotes hold. */
function endOfTag(text: string, from: number) {
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '>') return at + 1
    if (character === '"' || character === "'") at = endOf(text, character, at + 1) - 1
  }
  return text.length
}

/** The name of an element with its namespace. */
export type ElementName = readonly [namespace: string, localName: string]

/** The child elements, in order. */
export function childrenOf(parent: Element): readonly Element[] {
  const children: Element[] = []
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
    if (isElement(node)) children.push(node)
  }
  return children
}

function isElement(node: { readonly nodeType: number }): node is Element {
  return node.nodeType === 1
}

/** Whether the element is called so. */
export function isNamed(element: Element, [namespace, localName]: ElementName) {
  return element.namespaceURI === namespace && element.localName === localName
}

/**
 * The one child of that name, or undefined.
 * @throws FactorsError `InvalidTokenFile` when there are two: which of them is meant nobody can tell
 */
export function findChild(parent: Element, name: ElementName): Element | undefined {
  const [child, another] = childrenOf(parent).filter(element => isNamed(element, name))
  if (another !== undefined) throw unusable(`it has two elements ${name[1]}`)
  return child
}

/** As `findChild`, when there must be one. */
export function childOf(parent: Element, name: ElementName): Element {
  const child = findChild(parent, name)
  if (child === undefined) throw unusable(`it has no element ${name[1]}`)
  return child
}

/** The text, without blanks around it. */
export function textOf(element: Element): string {
  return (element.textContent ?? '').trim()
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** The bytes of an xs:base64Binary, which may be broken into lines. */
export function bytesOf(element: Element): Buffer {
  const text = textOf(element).replaceAll(/\s/g, '')
  if (text === '' || !BASE64.test(text)) throw unusable(`${element.localName} is not Base64`)
  return Buffer.from(text, 'base64')
}
