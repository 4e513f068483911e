// A simulation as a table: a line for each request, a column for each state of MFA.
import type { MfaState } from '@twinlock/policy'
import type { Caller } from './caller.ts'
import type { Paint } from '../../../terminal/paint.ts'
import { widest } from '../../../terminal/widest.ts'
import { type Answer, type Decision, decisionIn } from './simulation.ts'
import { DECISIONS, paintDecision, withoutMfa } from './wording.ts'

type Layout = { readonly caller: Caller; readonly paint: Paint; readonly columns: number }

/** What stands in a place: its text, and how it is shown. Several are lines below one another. */
type Cell = readonly { readonly text: string; readonly decision?: Decision }[]

type Row = { readonly head: string; readonly cells: readonly Cell[] }

const HEADINGS = ['NO MFA', 'FRESH MFA', 'STALE MFA']

/** Requests on one resource stand together under it; one action on many resources has a line for each. */
export function simulationTable(answers: readonly Answer[], layout: Layout): readonly string[] {
  const actions = new Set(answers.map(({ action }) => action))
  const byResource = Map.groupBy(answers, ({ resource }) => resource)
  const [action] = actions
  if (actions.size === 1 && byResource.size > 1) {
    return tableOf({ title: action, head: 'RESOURCE', answers, layout })
  }
  return [...byResource].flatMap(([resource, answers], index) => [
    ...(index === 0 ? [] : ['']),
    ...tableOf({ title: `on ${resource}`, head: 'ACTION', answers, layout }),
  ])
}

type Table = {
  readonly title: string | undefined
  readonly head: 'ACTION' | 'RESOURCE'
  readonly answers: readonly Answer[]
  readonly layout: Layout
}

function tableOf({ title = '', head, answers, layout }: Table): readonly string[] {
  const rows = answers.map(answer => ({
    head: head === 'ACTION' ? answer.action : answer.resource,
    cells: cellsOf(answer, layout.caller),
  }))
  const heading = { head, cells: HEADINGS.map(text => [{ text }]) }
  const widths = HEADINGS.map((_, column) =>
    widest([
      DECISIONS.explicitDeny,
      ...[heading, ...rows].flatMap(({ cells }) => (cells[column] ?? []).map(({ text }) => text)),
    ]),
  )
  const room = layout.columns - widths.reduce((sum, width) => sum + width + 2, 0)
  const headWidth = Math.min(room, widest([heading, ...rows].map(row => row.head)))
  return [
    title,
    '',
    ...[heading, ...rows].flatMap(row => linesOf(row, { headWidth, widths, paint: layout.paint })),
  ]
}

function cellsOf(answer: Answer, caller: Caller): readonly Cell[] {
  const cell = (state: MfaState): Cell => [
    { text: DECISIONS[decisionIn(answer, state)], decision: decisionIn(answer, state) },
  ]
  return [withoutMfaCell(answer, caller), cell('freshMfa'), cell('staleMfa')]
}

/** One answer when both ways of having no MFA agree, and otherwise both. */
function withoutMfaCell(answer: Answer, caller: Caller): Cell {
  const absent = decisionIn(answer, 'longTermKey')
  const present = decisionIn(answer, 'noMfaSession')
  if (absent === present) return [{ text: DECISIONS[absent], decision: absent }]
  if (absent !== 'allowed' && present !== 'allowed') return [{ text: 'denied', decision: absent }]
  const names = withoutMfa(caller)
  return [
    { text: `${names.absent.short}: ${DECISIONS[absent]}`, decision: absent },
    { text: `${names.false.short}: ${DECISIONS[present]}`, decision: present },
  ]
}

type Widths = {
  readonly headWidth: number
  readonly widths: readonly number[]
  readonly paint: Paint
}

/** A head that is too wide has a line to itself. */
function linesOf({ head, cells }: Row, { headWidth, widths, paint }: Widths): readonly string[] {
  const height = Math.max(...cells.map(cell => cell.length))
  const isWide = head.length > headWidth
  const lines = Array.from({ length: height }, (_, line) => {
    const first = (line === 0 && !isWide ? head : '').padEnd(headWidth)
    const rest = cells.map((cell, column) => {
      const { text, decision } = cell[line] ?? { text: '' }
      const padding = ' '.repeat((widths[column] ?? 0) - text.length)
      return (decision === undefined ? text : paintDecision(paint, decision, text)) + padding
    })
    return [first, ...rest].join('  ').trimEnd()
  })
  return isWide ? [head, ...lines] : lines
}
