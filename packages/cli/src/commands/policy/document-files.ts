// Policy documents in files, or on stdin as `-`.
import type { PolicyKind, PolicySource } from '@twinlock/policy'
import type { PolicyDocument } from '../../account/policy-document.ts'
import { UsageError } from '../../command-errors.ts'
import type { Io } from '../../io.ts'
import { readText } from '../../read-text.ts'

/** How the place of a problem on stdin is told. */
const STDIN = '<stdin>'

export type TextFile = { readonly name: string; readonly text: string }

/** Reads files by name. Stdin can be read once. */
export function fileReader({ stdin }: Io): (path: string) => Promise<TextFile> {
  let stdinIsRead = false
  return async path => {
    if (path !== '-') return { name: path, text: await readText(path) }
    if (stdinIsRead) throw new UsageError('stdin holds one document: give `-` once.')
    stdinIsRead = true
    let text = ''
    // The whole of it, blanks at the ends too: lines are counted from its first character.
    stdin.setEncoding('utf8')
    for await (const chunk of stdin) text += chunk
    return { name: STDIN, text }
  }
}

const SOURCE_TYPES = {
  identity: 'inline',
  boundary: 'boundary',
  session: 'session',
  trust: 'trust',
  resource: 'resource',
  scp: 'scp',
  rcp: 'rcp',
} as const satisfies Record<PolicyKind, PolicySource['type']>

/** The file as a document of that kind; it is parsed when it is asked. */
export function documentIn({ name, text }: TextFile, kind: PolicyKind): PolicyDocument {
  return { source: { type: SOURCE_TYPES[kind], name }, kind, text }
}

/** What Organizations attaches everywhere, for a level whose other policies only deny. */
export const FULL_ACCESS: PolicyDocument = {
  source: {
    type: 'scp',
    name: 'FullAWSAccess',
    arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
  },
  kind: 'scp',
  text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
}
