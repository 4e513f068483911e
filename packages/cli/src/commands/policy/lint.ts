// `twinlock policy lint`: what goes wrong with MFA in policies, where, why, and how it is put right.
import { readCatalogue } from '@twinlock/catalogue'
import {
  type LintOptions,
  type Severity,
  fixPolicy,
  lintAccount,
  lintPolicy,
} from '@twinlock/policy'
import { ACCOUNT_OPTIONS, openAccount } from '../../account/open-account.ts'
import { Refusal, UsageError } from '../../command-errors.ts'
import { type Values, command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { columnsOf, painter } from '../../terminal/paint.ts'
import { type TextFile, fileReader } from './document-files.ts'
import { replaceDocument } from './linting/correction.ts'
import { KIND_NAMES, guessKind, parseKind } from './linting/policy-kind.ts'
import { type Linted, findingsJson, reportOf } from './linting/report.ts'
import { isAsBadAs, parseSeverity, parseThreshold, reaches, summary } from './linting/severity.ts'

const OPTIONS = {
  kind: {
    type: 'string',
    value: 'KIND',
    help: `what the documents are for: ${KIND_NAMES} (default: told from their elements)`,
  },
  fix: { type: 'boolean', help: 'write the corrected documents into their files' },
  endpoint: {
    type: 'boolean',
    help: 'look at all policies of the account whose credentials are used, and at what only the whole of them shows',
  },
  severity: {
    type: 'string',
    value: 'SEVERITY',
    help: 'show findings as bad as that, or worse: info (default), warning or error',
  },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    help: 'exit with 1 when there is a finding as bad as that, or worse: error (default), warning, info, or never',
  },
  json: { type: 'boolean', help: 'as JSON, each finding with the corrected document' },
  ...ACCOUNT_OPTIONS,
} as const

export const lint = command({
  takes: ['FILE…'],
  description: `Finds what goes wrong with MFA in policies: holes through which access keys and sessions without
MFA slip, conditions that lock people out, lists that let thieves enrol devices of their own. Each
finding has a code, its place, why it matters, and the corrected document. FILEs are JSON, \`-\` is
stdin; the policies of an account are looked at with --endpoint or --account-details.`,
  options: OPTIONS,
  run: async (values, files, io) => {
    const least = parseSeverity(values.severity ?? 'info', '--severity')
    const threshold = parseThreshold(values['fail-on'])
    const { linted, documents } = asksForAccount(values, files)
      ? await lintTheAccount(values, io)
      : await lintFiles(values, files, io)
    show(asBadAs(least, linted), values, io)
    const findings = linted.flatMap(({ findings }) => findings.map(({ finding }) => finding))
    const counted = summary(findings, documents)
    if (reaches(findings, threshold)) throw new Refusal(counted)
    tell(io, counted)
  },
})

/** What was found, and in how many documents it was looked for. */
type Outcome = { readonly linted: readonly Linted[]; readonly documents: number }

/** @throws UsageError for files beside an account, for neither, and for what an account can't have */
function asksForAccount(values: Values<typeof OPTIONS>, files: readonly string[]): boolean {
  const { endpoint = false, 'account-details': details, fix = false, kind } = values
  const isAccount = endpoint || details !== undefined
  if (!isAccount && files.length === 0) {
    throw new UsageError('which policies? Give FILEs, --endpoint or --account-details.')
  }
  if (isAccount && files.length > 0) {
    throw new UsageError(`what is \`${files[0]}\`? The policies are those of the account.`)
  }
  if (isAccount && (fix || kind !== undefined)) {
    throw new UsageError('--fix and --kind are for documents in FILEs.')
  }
  if (fix && files.includes('-')) {
    throw new UsageError('--fix writes into files, and stdin is none.')
  }
  return isAccount
}

async function lintTheAccount(values: Values<typeof OPTIONS>, io: Io): Promise<Outcome> {
  const account = await openAccount(values, io)
  const { groups, users, roles } = account
  // Those of groups without members are looked at as well, in nobody's hands.
  const managedPolicies = [...account.managedPolicies, ...groups.flatMap(one => one.policies)]
  const found = lintAccount({ ...account, managedPolicies, catalogue: readCatalogue() })
  const attached = [...users, ...roles].flatMap(({ policies }) => policies)
  return {
    linted: found.map(({ document, principals, findings }) => ({
      name: document.source.name,
      kind: document.kind,
      text: document.text ?? '',
      principals,
      findings,
    })),
    documents: new Set([...managedPolicies, ...attached]).size + roles.length,
  }
}

async function lintFiles(
  { kind, fix = false }: Values<typeof OPTIONS>,
  paths: readonly string[],
  io: Io,
): Promise<Outcome> {
  const catalogue = readCatalogue()
  const read = fileReader(io)
  const linted: Linted[] = []
  for (const path of paths) {
    const file = await read(path)
    const options = {
      kind: kind === undefined ? guessKind(file.text) : parseKind(kind),
      catalogue,
    }
    const text = fix ? await corrected(file, options, io) : file.text
    const findings = lintPolicy(text, options).map(finding => ({ finding }))
    linted.push({ name: file.name, kind: options.kind, text, findings })
  }
  return { linted, documents: linted.length }
}

/** The text that the file has afterwards. */
async function corrected({ name, text }: TextFile, options: LintOptions, io: Io) {
  const fixed = fixPolicy(text, options)
  if (fixed.corrected.length === 0) return text
  await replaceDocument(name, text, fixed.text)
  tell(io, `${name}: corrected ${fixed.corrected.map(({ code }) => code).join(', ')}.`)
  return fixed.text
}

function asBadAs(least: Severity, linted: readonly Linted[]): readonly Linted[] {
  return linted.map(one => ({
    ...one,
    findings: one.findings.filter(({ finding }) => isAsBadAs(finding.severity, least)),
  }))
}

function show(linted: readonly Linted[], { json = false }: Values<typeof OPTIONS>, io: Io) {
  if (json) return print(io, findingsJson(linted))
  const layout = { paint: painter(io), columns: columnsOf(io) }
  print(
    io,
    linted.flatMap(one => reportOf(one, layout)),
  )
}
