// Ace's popup, fed with what a policy can say where the cursor is.
import type { Editor } from '../ace.ts'
import type { Completion } from './completion.ts'
import type { Surroundings } from './completions.ts'
import { completionsAt } from './completions.ts'
import type { Place } from './place.ts'
import { placeAt } from './place.ts'

/** What Ace asks of a completer, which its types leave open. */
type Completer = {
  readonly id: string
  readonly triggerCharacters: readonly string[]
  readonly identifierRegexps: readonly RegExp[]
  readonly getCompletions: (
    editor: Editor,
    session: Editor['session'],
    position: unknown,
    prefix: string,
    callback: (error: null, completions: readonly AceCompletion[]) => void,
  ) => void
  readonly insertMatch: (editor: Editor, completion: AceCompletion) => void
}

type AceCompletion = {
  readonly caption: string
  readonly meta: string
  readonly score: number
  readonly text: string
  /** Where there are blanks to fill in: then Tab and Esc belong to them. */
  readonly snippet: string | undefined
  readonly goesOn: boolean
  readonly completer: Completer
}

/** Opens the popup at every quote and letter, and on Ctrl+Space. */
export function completePolicies(editor: Editor, surroundings: () => Surroundings): void {
  editor.completers = [policyCompleter(editor, surroundings)]
  editor.setOptions({ enableBasicAutocompletion: true, enableLiveAutocompletion: true })
}

function policyCompleter(editor: Editor, surroundings: () => Surroundings): Completer {
  const place = () => {
    const cursor = editor.session.doc.positionToIndex(editor.getCursorPosition())
    return placeAt(editor.getValue(), cursor)
  }
  const completer: Completer = {
    id: 'policy',
    triggerCharacters: ['"'],
    /** What of the text before the cursor is replaced: all of it between quotes, a word without. */
    get identifierRegexps() {
      return [place()?.isQuoted === true ? /[^"]/ : /\w/]
    },
    getCompletions(_editor, _session, _position, _prefix, callback) {
      // The popup is an editor too: its text area is hidden from screen readers, but Tab would find it.
      editor.completer.getPopup().renderer.textarea.tabIndex = -1
      const here = place()
      const found = here ? completionsAt(editor.getValue(), here, surroundings()) : []
      callback(null, here ? found.map(one => aceCompletion(one, here, completer)) : [])
    },
    /** Ace itself replaces what had been typed when the popup was last drawn, which is less when somebody types fast. */
    insertMatch(_editor, { text, snippet, goesOn }) {
      const typed = place()?.typed.length ?? 0
      const { row, column } = editor.getCursorPosition()
      const start = { row, column: column - typed }
      editor.session.remove(Object.assign(editor.getSelectionRange(), { start }))
      if (snippet === undefined) editor.execCommand('insertstring', text)
      else editor.insertSnippet(snippet)
      if (goesOn) editor.execCommand('startAutocomplete')
    },
  }
  return completer
}

function aceCompletion(
  { text, note, blanks = [], goesOn = false, rank = 0 }: Completion,
  place: Place,
  completer: Completer,
): AceCompletion {
  return {
    caption: text,
    meta: note,
    score: rank,
    text: quotedAt(place, text),
    snippet: blanks.length === 0 ? undefined : quotedAt(place, withBlanks(text, blanks)),
    goesOn: goesOn && place.isQuoted,
    completer,
  }
}

/** With the quotes that are not there yet. */
function quotedAt({ isQuoted, isName }: Place, text: string): string {
  if (isQuoted) return text
  return isName ? `"${text}": ` : `"${text}"`
}

/** In Ace's notation for snippets, in which Tab goes from blank to blank: `…:user/${1:UserName}`. */
function withBlanks(text: string, blanks: readonly string[]): string {
  let snippet = ''
  let rest = text
  for (const [index, blank] of blanks.entries()) {
    const at = rest.indexOf(blank)
    snippet += `${rest.slice(0, at)}\${${index + 1}:${blank}}`
    rest = rest.slice(at + blank.length)
  }
  return snippet + rest
}
