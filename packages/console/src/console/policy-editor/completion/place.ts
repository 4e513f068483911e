// Where in a policy somebody is writing. The document is unfinished, so nothing is parsed: brackets, names and texts are followed as far
// as they go.

/** Names and positions from the top: `['Statement', 0, 'Action', 1]`. */
export type Path = readonly (string | number)[]

/** A text of the document. */
export type PlacedText = {
  /** Between the quotes, as it is written. */
  readonly text: string
  /** A value's own; a name's is that of the object in which it stands. */
  readonly path: Path
  readonly isName: boolean
}

export type Place = {
  readonly path: Path
  readonly isName: boolean
  /** Whether the cursor stands between quotes. If not, it stands where a text may begin. */
  readonly isQuoted: boolean
  /** From the quote to the cursor, or what of a word is there without a quote. */
  readonly typed: string
}

/** An object or array that is open, and what comes next in it. */
type Frame =
  | { readonly kind: 'object'; name: string; awaits: 'name' | 'value' }
  | { readonly kind: 'array'; index: number }

const TOKEN = /"(?:[^"\\\r\n]|\\.)*"?|[{}[\]:,]/g

/** What a text may follow without quotes around the cursor, and what of it is there. */
const BEFORE_TEXT = /[{[,:]\s*(\w*)$/

/** Where the cursor is, or undefined where no text can stand. */
export function placeAt(document: string, cursor: number): Place | undefined {
  const before = document.slice(0, cursor)
  const { texts, open } = follow(before)
  const last = texts.at(-1)
  if (last !== undefined && last.end === cursor && !last.isClosed) {
    return { ...last.placed, isQuoted: true, typed: last.placed.text }
  }
  const top = open.at(-1)
  const typed = BEFORE_TEXT.exec(before)?.[1]
  if (top === undefined || typed === undefined) return undefined
  const isName = top.kind === 'object' && top.awaits === 'name'
  return { path: pathOf(isName ? open.slice(0, -1) : open), isName, isQuoted: false, typed }
}

/** All texts of the document. */
export function textsIn(document: string): readonly PlacedText[] {
  return follow(document).texts.map(({ placed }) => placed)
}

type Followed = { readonly placed: PlacedText; readonly end: number; readonly isClosed: boolean }

function follow(document: string) {
  const texts: Followed[] = []
  const open: Frame[] = []
  for (const { 0: token, index } of document.matchAll(TOKEN)) {
    if (!token.startsWith('"')) {
      step(open, token)
      continue
    }
    const top = open.at(-1)
    const isName = top?.kind === 'object' && top.awaits === 'name'
    const isClosed = /^"(?:[^"\\]|\\.)*"$/.test(token)
    const text = token.slice(1, isClosed ? -1 : undefined)
    const path = pathOf(isName ? open.slice(0, -1) : open)
    texts.push({ placed: { text, path, isName }, end: index + token.length, isClosed })
    if (isName) top.name = text
    else expectName(top)
  }
  return { texts, open }
}

function step(open: Frame[], token: string): void {
  const top = open.at(-1)
  if (token === '{') open.push({ kind: 'object', name: '', awaits: 'name' })
  else if (token === '[') open.push({ kind: 'array', index: 0 })
  else if (token === ':' && top?.kind === 'object') top.awaits = 'value'
  else if (token === ',' && top?.kind === 'array') top.index++
  else if (token === ',') expectName(top)
  else if (token === '}' || token === ']') {
    open.pop()
    expectName(open.at(-1))
  }
}

/** After a value comes a name, even where the comma is forgotten. */
function expectName(top: Frame | undefined): void {
  if (top?.kind === 'object') top.awaits = 'name'
}

const pathOf = (open: readonly Frame[]): Path =>
  open.map(frame => (frame.kind === 'object' ? frame.name : frame.index))
