// `twinlock policy coverage`: which of all of AWS's actions can be reached without MFA, only with MFA, and only with fresh MFA; for one
// principal, for everybody in an account, or for documents.
import { type Catalogue, readCatalogue } from '@twinlock/catalogue'
import {
  type CoveragePrincipal,
  type MfaNeed,
  type PrincipalCoverage,
  accountCoverage,
  prepareActions,
} from '@twinlock/policy'
import { ACCOUNT_OPTIONS, openAccount } from '../../account/open-account.ts'
import { Refusal, UsageError } from '../../command-errors.ts'
import { type Values, command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { foldedBelow } from '../../terminal/folded.ts'
import { columnsOf } from '../../terminal/paint.ts'
import { coverageJson } from './covering/json.ts'
import { NEED_NAMES, parseNeed } from './covering/need.ts'
import { coveredCaller, principalsIn } from './covering/principals.ts'
import { nameIn, openRoles, principalsTable, roleNote, servicesTable } from './covering/tables.ts'
import { STALE_OPTION, parseStaleSeconds } from './stale.ts'
import { PRINCIPAL_OPTIONS, readSubject } from './simulation/subject.ts'

const OPTIONS = {
  all: { type: 'boolean', help: 'all users and roles of the account' },
  ...PRINCIPAL_OPTIONS,
  service: {
    type: 'list',
    value: 'SERVICE…',
    help: 'only the actions of these, as in iam (default: all)',
  },
  only: {
    type: 'string',
    value: 'CLASS',
    help: `list the actions of one class instead of counting: ${NEED_NAMES}`,
  },
  ...STALE_OPTION,
  json: { type: 'boolean', help: 'as JSON' },
  ...ACCOUNT_OPTIONS,
} as const

export const coverage = command({
  takes: [],
  description: `Tells which of all actions that AWS documents can be reached without MFA (by a long-term key or by
a session without MFA), only with MFA, only with fresh MFA, or never; and which roles can be assumed
without MFA, the usual way past it. The principal is one of an account, or all of them are looked
at, or its policies are in FILEs. An action counts as reached if some resource and some other
condition lets it through: what is said to need MFA does.

  twinlock policy coverage --principal ana --service iam
  twinlock policy coverage --all --account-details details.json
  twinlock policy coverage --policy work.json deny-without-mfa.json --only without-mfa`,
  options: OPTIONS,
  run: async (values, _, io) => {
    const only = values.only === undefined ? undefined : parseNeed(values.only)
    const staleSeconds = parseStaleSeconds(values['stale-after'])
    const catalogue = readCatalogue()
    const prepared = prepareActions(actionsOf(servicesIn(values, catalogue), catalogue), {
      staleSeconds,
    })
    const { principals, unreadable, shown } = await covered(values, io)
    const coverages = accountCoverage(principals, prepared).slice(0, shown)
    show(coverages, { values, only, staleSeconds, io })
    if (unreadable.length === 0) return
    tell(io, unreadable)
    throw new Refusal('not everybody could be looked at.')
  },
})

type Covered = {
  readonly principals: readonly CoveragePrincipal[]
  readonly unreadable: readonly string[]
  /** How many of them were asked about; the rest are roles that they may assume. */
  readonly shown: number | undefined
}

async function covered(values: Values<typeof OPTIONS>, io: Io): Promise<Covered> {
  const { all = false, principal } = values
  checkPlan(values)
  const account = all || principal !== undefined ? await openAccount(values, io) : undefined
  const subject = await readSubject(values, account, io)
  if (account === undefined) {
    return { principals: [coveredCaller(subject.caller, subject.layers)], unreadable: [], shown: 1 }
  }
  if (all) return { ...principalsIn(account, subject.scps), shown: undefined }
  const roles = principalsIn({ ...account, users: [] }, subject.scps)
  return {
    principals: [coveredCaller(subject.caller, subject.layers), ...roles.principals],
    unreadable: roles.unreadable,
    shown: 1,
  }
}

function checkPlan(values: Values<typeof OPTIONS>) {
  const { all = false, principal, policy } = values
  if (!all && principal === undefined && policy === undefined) {
    throw new UsageError('whose? Give a --principal, --all, or the documents with --policy.')
  }
  const ofOne = (['principal', 'policy', 'boundary', 'session', 'caller'] as const).find(
    name => values[name] !== undefined,
  )
  if (all && ofOne !== undefined) {
    throw new UsageError(`--all looks at the account as it is: leave out --${ofOne}.`)
  }
}

function servicesIn({ service }: Values<typeof OPTIONS>, { services }: Catalogue) {
  if (service === undefined) return services
  return service.flat().map(name => {
    const known = services.find(one => one === name.toLowerCase())
    if (known === undefined) throw new UsageError(`AWS documents no service \`${name}\`.`)
    return known
  })
}

function actionsOf(services: readonly string[], catalogue: Catalogue) {
  return services.flatMap(service =>
    catalogue.actionsOf(service).flatMap(name => catalogue.findAction(`${service}:${name}`) ?? []),
  )
}

type Showing = {
  readonly values: Values<typeof OPTIONS>
  readonly only: MfaNeed | undefined
  readonly staleSeconds: number
  readonly io: Io
}

function show(
  coverages: readonly PrincipalCoverage[],
  { values, only, staleSeconds, io }: Showing,
) {
  const { all = false, json = false, service } = values
  if (json) {
    const listed = only !== undefined ? [only] : all ? [] : REACHED
    return print(io, coverageJson(coverages, { staleSeconds, listed }))
  }
  const columns = columnsOf(io)
  const [first] = coverages
  if (only !== undefined) {
    return print(
      io,
      coverages.flatMap(one => actionLines(one, only, { all, columns })),
    )
  }
  if (all) print(io, principalsTable(coverages, columns), roleNote(coverages, columns))
  else if (first !== undefined) {
    print(io, servicesTable(first, { columns, everyService: service !== undefined }))
  }
  print(io, openRoles(coverages, columns))
}

/** What is listed of a single principal; the rest is never reached. */
const REACHED: readonly MfaNeed[] = ['withoutMfa', 'withMfa', 'withFreshMfa']

/** One action a line; of several principals, each one's together. Those that only roles open are apart. */
function actionLines(
  { arn, coverage, withRoles }: PrincipalCoverage,
  need: MfaNeed,
  { all, columns }: { readonly all: boolean; readonly columns: number },
): readonly string[] {
  const own = coverage.actions(need)
  const through = new Set(withRoles.actions(need)).difference(new Set(own))
  const more = need === 'withoutMfa' ? [...through] : []
  if (!all) return [...own, ...(more.length > 0 ? ['through roles:', ...more] : [])]
  const text = [...own, ...more.map(action => `${action} (through roles)`)].join(' ')
  return text === '' ? [] : [nameIn(arn), ...foldedBelow(text, columns, ['  ', '  '])]
}
