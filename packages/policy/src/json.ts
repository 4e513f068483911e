// JSON as RFC 8259 §2 to §7 has it, with the offset of every value, for a statement's line and
// column. Stricter than JSON.parse: a name may stand only once in an object (after unescaping), for
// a reader that takes the last one would drop a Deny, and nesting has an end.

/**
 * A value and where it stands: `start` is the offset of its first character, `end` is just after
 * its last.
 */
export type Json = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Json> }
  | { readonly kind: 'array'; readonly elements: readonly Json[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly text: 'true' | 'false' }
  | { readonly kind: 'null' }
)

/** An object or array that the grammar wants, by name. */
export type JsonObject = Extract<Json, { kind: 'object' }>

/** What is not JSON, with the offset where that shows. */
export class JsonSyntaxError extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/**
 * A policy needs seven levels. Recursion on a document of the attacker's depth would end in a stack
 * overflow.
 */
const DEEPEST = 32

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERALS = { true: 'boolean', false: 'boolean', null: 'null' } as const
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** The document's tree. @throws JsonSyntaxError */
export function parseJson(text: string): Json {
  const reader = new Reader(text)
  reader.skipWhiteSpace()
  const value = reader.readValue(0)
  reader.skipWhiteSpace()
  if (reader.offset < text.length) throw reader.unexpected()
  return value
}

class Reader {
  readonly #text: string
  offset = 0

  constructor(text: string) {
    this.#text = text
  }

  unexpected(offset = this.offset) {
    return new JsonSyntaxError(
      offset < this.#text.length ? 'unexpected character' : 'unexpected end',
      offset,
    )
  }

  skipWhiteSpace() {
    for (; this.offset < this.#text.length; this.offset++) {
      if (!isWhiteSpace(this.#text.charCodeAt(this.offset))) return
    }
  }

  readValue(depth: number): Json {
    if (depth > DEEPEST) throw new JsonSyntaxError('nested too deeply', this.offset)
    const first = this.#text[this.offset]
    if (first === '{') return this.#readObject(depth)
    if (first === '[') return this.#readArray(depth)
    const start = this.offset
    if (first === '"') {
      const text = this.#readString()
      return { kind: 'string', text, start, end: this.offset }
    }
    return this.#readNumber() ?? this.#readLiteral()
  }

  #readObject(depth: number): Json {
    const start = this.offset++
    const members = new Map<string, Json>()
    this.skipWhiteSpace()
    if (this.#take('}')) return { kind: 'object', members, start, end: this.offset }
    do {
      this.skipWhiteSpace()
      const nameStart = this.offset
      const name = this.#readString()
      if (members.has(name)) throw new JsonSyntaxError('a name stands twice', nameStart)
      this.skipWhiteSpace()
      this.#need(':')
      this.skipWhiteSpace()
      members.set(name, this.readValue(depth + 1))
      this.skipWhiteSpace()
    } while (this.#take(','))
    this.#need('}')
    return { kind: 'object', members, start, end: this.offset }
  }

  #readArray(depth: number): Json {
    const start = this.offset++
    const elements: Json[] = []
    this.skipWhiteSpace()
    if (this.#take(']')) return { kind: 'array', elements, start, end: this.offset }
    do {
      this.skipWhiteSpace()
      elements.push(this.readValue(depth + 1))
      this.skipWhiteSpace()
    } while (this.#take(','))
    this.#need(']')
    return { kind: 'array', elements, start, end: this.offset }
  }

  #readString(): string {
    this.#need('"')
    let read = ''
    for (let plain = this.offset; ;) {
      const code = this.#text.charCodeAt(this.offset)
      if (Number.isNaN(code) || code < 0x20) throw this.unexpected()
      if (code === 0x22) {
        read += this.#text.slice(plain, this.offset++)
        return read
      }
      if (code === 0x5c) {
        read += this.#text.slice(plain, this.offset) + this.#readEscape()
        plain = this.offset
      } else {
        this.offset++
      }
    }
  }

  #readEscape(): string {
    const letter = this.#text[this.offset + 1] ?? ''
    const escaped = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
    if (escaped !== undefined) {
      this.offset += 2
      return escaped
    }
    const digits = this.#text.slice(this.offset + 2, this.offset + 6)
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) throw this.unexpected()
    this.offset += 6
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #readNumber(): Json | undefined {
    const start = this.offset
    NUMBER.lastIndex = start
    const text = NUMBER.exec(this.#text)?.[0]
    if (text === undefined) return undefined
    this.offset += text.length
    return { kind: 'number', text, start, end: this.offset }
  }

  #readLiteral(): Json {
    const start = this.offset
    for (const text of ['true', 'false', 'null'] as const) {
      if (!this.#text.startsWith(text, start)) continue
      this.offset += text.length
      return text === 'null'
        ? { kind: LITERALS[text], start, end: this.offset }
        : { kind: LITERALS[text], text, start, end: this.offset }
    }
    throw this.unexpected()
  }

  #take(character: string): boolean {
    if (this.#text[this.offset] !== character) return false
    this.offset++
    return true
  }

  #need(character: string) {
    if (!this.#take(character)) throw this.unexpected()
  }
}

/** RFC 8259 §2: blank, tab, line feed, carriage return. */
export function isWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}
