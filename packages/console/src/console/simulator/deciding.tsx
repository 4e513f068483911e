// A decision with what decided: the statement and its place, or the layer that did not allow.
import Box from '@cloudscape-design/components/box'
import type { MatchedStatement, MfaState } from '@twinlock/policy'
import { ConsoleLink } from '../console-link.tsx'
import { decisionIn } from './columns.ts'
import { Decision } from './decision.tsx'
import type { Answer } from './simulation.ts'
import type { PlaceOf } from './statement-places.ts'

type Props = {
  readonly answer: Answer
  readonly state: MfaState
  /** Whose decision it is, where a cell has two. */
  readonly prefix?: string | undefined
  readonly placeOf: PlaceOf
}

export function Deciding({ answer, state, prefix, placeOf }: Props) {
  const evaluation = answer.evaluations[state]
  const [statement] = evaluation.MatchedStatements
  return (
    <div>
      <Decision decision={decisionIn(answer, state)} prefix={prefix} />
      <Box variant="small" display="block">
        {statement && <StatementLink statement={statement} placeOf={placeOf} />}
        {evaluation.EvalDecision === 'implicitDeny' && `No ${evaluation.deniedBy} allows it`}
      </Box>
    </div>
  )
}

function StatementLink({
  statement,
  placeOf,
}: {
  readonly statement: MatchedStatement
  readonly placeOf: PlaceOf
}) {
  const { source, Sid } = statement
  const { line, link } = placeOf(statement)
  const text = Sid === undefined ? `${source.name}, line ${line}` : `${Sid} in ${source.name}`
  if (link === undefined) return text
  return (
    <ConsoleLink to={link} fontSize="body-s">
      {text}
    </ConsoleLink>
  )
}
