// `twinlock policy lint`: what goes wrong with MFA in policies, where, why, and how it is put right.
import { readCatalogue } from '@twinlock/catalogue'
import {
  type AccountWideFinding,
  type LintOptions,
  type Severity,
  fixPolicy,
  lintAccount,
  lintPolicy,
  lintRoot,
  lintUsers,
} from '@twinlock/policy'
import { ACCOUNT_OPTIONS, openAccountWithRoot } from '../../account/open-account.ts'
import { Refusal, UsageError } from '../../command-errors.ts'
import { type Values, command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { columnsOf, painter } from '../../terminal/paint.ts'
import { type TextFile, fileReader } from './document-files.ts'
import { replaceDocument } from './linting/correction.ts'
import { KIND_NAMES, guessKind, parseKind } from './linting/policy-kind.ts'
import { type Linted, findingsJson, reportOf, reportOfAccount } from './linting/report.ts'
import {
  documentsIn,
  isAsBadAs,
  parseSeverity,
  parseThreshold,
  reaches,
  summary,
} from './linting/severity.ts'

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
stdin. An account is looked at with --endpoint or --account-details: its policies, and the people
whom none of them asks for MFA.`,
  options: OPTIONS,
  run: async (values, files, io) => {
    const least = parseSeverity(values.severity ?? 'info', '--severity')
    const threshold = parseThreshold(values['fail-on'])
    const outcome = asksForAccount(values, files)
      ? await lintTheAccount(values, io)
      : await lintFiles(values, files, io)
    show(asBadAs(least, outcome), values, io)
    const ofDocuments = outcome.linted.flatMap(({ findings }) => findings)
    const findings = [...ofDocuments.map(({ finding }) => finding), ...(outcome.account ?? [])]
    const counted = summary(findings, outcome.where)
    const isPartial = outcome.unread !== undefined && outcome.unread.length > 0
    if (isPartial && threshold !== undefined) {
      throw new Refusal(`${counted.slice(0, -1)}; not everybody could be looked at.`)
    }
    if (reaches(findings, threshold)) throw new Refusal(counted)
    tell(io, counted)
  },
})

/** What was found, and where it was looked for. */
type Outcome = {
  readonly linted: readonly Linted[]
  /** What is said of the account and of none of its documents; undefined of documents in FILEs. */
  readonly account?: readonly AccountWideFinding[]
  /** ARNs of users of whom not all is known. */
  readonly unread?: readonly string[]
  readonly where: string
}

/** Who says where an account is, or as whom to ask, means one. */
const PLACES = ['profile', 'endpoint-url', 'region'] as const

/** @throws UsageError for files beside an account, for neither, and for what an account can't have */
function asksForAccount(values: Values<typeof OPTIONS>, files: readonly string[]): boolean {
  const { endpoint = false, 'account-details': details, fix = false, kind } = values
  const names = PLACES.some(name => values[name] !== undefined)
  const isAccount = endpoint || details !== undefined || (names && files.length === 0)
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
  const { account, more: root } = await openAccountWithRoot(values, io)
  const { groups, users, roles } = account
  // Those of groups without members are looked at as well, in nobody's hands.
  const managedPolicies = [...account.managedPolicies, ...groups.flatMap(one => one.policies)]
  const catalogue = readCatalogue()
  const found = lintAccount({ ...account, managedPolicies, catalogue })
  const { findings, unread } = lintUsers({ ...account, catalogue })
  tellOfRoot(values, io)
  for (const arn of unread) {
    tell(io, `twinlock: not all policies of ${arn} can be read: nobody knows whether it needs MFA.`)
  }
  const attached = [...users, ...roles].flatMap(({ policies }) => policies)
  return {
    linted: found.map(({ document, principals, findings }) => ({
      name: document.source.name,
      kind: document.kind,
      text: document.text ?? '',
      principals,
      findings,
    })),
    account: [...findings, ...(root === undefined ? [] : lintRoot(root, account.id))],
    unread,
    where: `the account and its ${documentsIn(new Set([...managedPolicies, ...attached]).size + roles.length)}`,
  }
}

function tellOfRoot({ 'account-details': details }: Values<typeof OPTIONS>, io: Io) {
  if (details === undefined) return
  tell(
    io,
    `twinlock: root is not in ${details}: \`aws iam get-account-summary\` tells of its access key and its MFA.`,
  )
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
  return { linted, where: documentsIn(linted.length) }
}

/** The text that the file has afterwards. */
async function corrected({ name, text }: TextFile, options: LintOptions, io: Io) {
  const fixed = fixPolicy(text, options)
  if (fixed.corrected.length === 0) return text
  await replaceDocument(name, text, fixed.text)
  tell(io, `${name}: corrected ${fixed.corrected.map(({ code }) => code).join(', ')}.`)
  return fixed.text
}

function asBadAs(least: Severity, { linted, account, ...outcome }: Outcome): Outcome {
  return {
    ...outcome,
    linted: linted.map(one => ({
      ...one,
      findings: one.findings.filter(({ finding }) => isAsBadAs(finding.severity, least)),
    })),
    ...(account && { account: account.filter(({ severity }) => isAsBadAs(severity, least)) }),
  }
}

function show({ linted, account }: Outcome, { json = false }: Values<typeof OPTIONS>, io: Io) {
  if (json) return print(io, findingsJson(linted, account))
  const layout = { paint: painter(io), columns: columnsOf(io) }
  print(
    io,
    linted.flatMap(one => reportOf(one, layout)),
    (account ?? []).flatMap(one => reportOfAccount(one, layout)),
  )
}
