// Coverage in tables: services of one principal, or principals of an account; and the roles that open without MFA.
import {
  type CoverageCounts,
  type CoverageSummary,
  MFA_NEEDS,
  type MfaNeed,
  type PrincipalCoverage,
} from '@twinlock/policy'
import { foldedBelow } from '../../../terminal/folded.ts'
import { widest } from '../../../terminal/widest.ts'
import { HEADINGS } from './need.ts'

type Row = { readonly head: string; readonly numbers: readonly (number | string)[] }

/** Services that are all of one class are counted together, unless they were asked for by name. */
export function servicesTable(
  { coverage, roles, withRoles }: PrincipalCoverage,
  { columns, everyService }: { readonly columns: number; readonly everyService: boolean },
): readonly string[] {
  const rows = Object.entries(coverage.summary.services)
  const mixed = everyService ? rows : rows.filter(([, counts]) => soleNeed(counts) === undefined)
  return tableOf(
    { head: 'SERVICE', numbers: MFA_NEEDS.map(need => HEADINGS[need]) },
    [
      ...mixed.map(([head, counts]) => ({ head, numbers: numbersOf(counts) })),
      ...(everyService ? [] : MFA_NEEDS.flatMap(need => wholeServices(need, coverage.summary))),
      { head: 'total', numbers: numbersOf(coverage.summary.total) },
      ...(roles.length === 0
        ? []
        : [{ head: 'total with roles', numbers: numbersOf(withRoles.summary.total) }]),
    ],
    columns,
  )
}

/** The class of all actions of a service, if they are of one. */
function soleNeed(counts: CoverageCounts): MfaNeed | undefined {
  const needs = MFA_NEEDS.filter(need => counts[need] > 0)
  return needs.length === 1 ? needs[0] : undefined
}

function wholeServices(need: MfaNeed, { services }: CoverageSummary): readonly Row[] {
  const whole = Object.values(services).filter(counts => soleNeed(counts) === need)
  if (whole.length === 0) return []
  const actions = whole.reduce((sum, counts) => sum + counts[need], 0)
  const head = whole.length === 1 ? 'one whole service' : `${whole.length} whole services`
  return [{ head, numbers: MFA_NEEDS.map(one => (one === need ? actions : 0)) }]
}

function numbersOf(counts: CoverageCounts) {
  return MFA_NEEDS.map(need => counts[need])
}

/** What stands behind the number of actions without MFA: how many more there are through roles. */
const THROUGH_ROLES = '+ROLES'

export function principalsTable(
  coverages: readonly PrincipalCoverage[],
  columns: number,
): readonly string[] {
  const [first, ...rest] = MFA_NEEDS.map(need => HEADINGS[need])
  return tableOf(
    { head: 'PRINCIPAL', numbers: [first ?? '', THROUGH_ROLES, ...rest] },
    coverages.map(({ arn, coverage, withRoles }) => {
      const { total } = coverage.summary
      const more = withRoles.summary.total.withoutMfa - total.withoutMfa
      const need = soleNeed(total)
      const [own = 0, ...others] = MFA_NEEDS.map(one => (one === need ? 'all' : total[one]))
      return { head: nameIn(arn), numbers: [own, more === 0 ? '' : `+${more}`, ...others] }
    }),
    columns,
  )
}

/** A role that takes a code to assume would else look like a hole. */
export function roleNote(coverages: readonly PrincipalCoverage[], columns: number) {
  if (!coverages.some(({ arn }) => nameIn(arn).startsWith('role/'))) return []
  const note =
    'Sessions of a role have no MFA: what a role may is WITHOUT MFA, even where assuming it takes MFA.'
  return ['', ...foldedBelow(note, columns)]
}

/** An ARN's resource: `user/ana`. Everything before it is the same for all of an account. */
export function nameIn(arn: string) {
  return arn.split(':').slice(5).join(':')
}

const FEW = 3

/** The roles that somebody gets into without MFA, and who. */
export function openRoles(
  coverages: readonly PrincipalCoverage[],
  columns: number,
): readonly string[] {
  const ways = new Map<string, string[]>()
  for (const { arn, roles } of coverages) {
    for (const role of roles) {
      if (role.need !== 'withoutMfa') continue
      const through = role.through.map(nameIn).join(', then ')
      const who = nameIn(arn) + (through === '' ? '' : ` (through ${through})`)
      ways.set(role.arn, [...(ways.get(role.arn) ?? []), who])
    }
  }
  if (ways.size === 0) return []
  return [
    '',
    'Roles that can be assumed without MFA:',
    ...[...ways].flatMap(([role, who]) => {
      const more = who.length > FEW ? ` and ${who.length - FEW} more` : ''
      const text = `${nameIn(role)}: by ${who.slice(0, FEW).join(', ')}${more}`
      return foldedBelow(text, columns, ['  ', '    '])
    }),
  ]
}

/** Names to the left, numbers to the right. A name that is too wide has a line to itself. */
function tableOf(heading: Row, rows: readonly Row[], columns: number): readonly string[] {
  const lines = [heading, ...rows]
  const widths = heading.numbers.map((_, column) =>
    widest(lines.map(({ numbers }) => String(numbers[column] ?? ''))),
  )
  const room = columns - widths.reduce((sum, width) => sum + width + 2, 0)
  const headWidth = Math.min(room, widest(lines.map(({ head }) => head)))
  return lines.flatMap(({ head, numbers }) => {
    const cells = numbers.map((number, column) => String(number).padStart(widths[column] ?? 0))
    const line = (start: string) => [start.padEnd(headWidth), ...cells].join('  ').trimEnd()
    return head.length > headWidth ? [head, line('')] : [line(head)]
  })
}
