// Why: the layers in AWS's order, the statements about the action in each, and what every condition found.
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type {
  ExaminedCondition,
  ExaminedStatement,
  Explanation as Explained,
  Step,
} from '@twinlock/policy'
import { ConsoleLink } from '../console-link.tsx'
import { Decision } from './decision.tsx'
import type { PlaceOf } from './statement-places.ts'

type Props = { readonly explanation: Explained; readonly placeOf: PlaceOf }

export function Explanation({ explanation, placeOf }: Props) {
  const { evaluation, steps, missingKeys } = explanation
  return (
    <SpaceBetween size="s">
      <Decision decision={evaluation.EvalDecision} />
      {steps.map(step => (
        <OneStep key={`${step.layer} ${step.level}`} step={step} placeOf={placeOf} />
      ))}
      {missingKeys.length > 0 && (
        <Box variant="small">The request does not have: {missingKeys.join(', ')}</Box>
      )}
    </SpaceBetween>
  )
}

const OUTCOMES = {
  allows: { type: 'success', text: 'allows' },
  denies: { type: 'error', text: 'denies' },
  'does not allow': { type: 'stopped', text: 'does not allow' },
  dispensable: { type: 'info', text: 'does not allow, and need not' },
} as const

function OneStep({ step, placeOf }: { readonly step: Step; readonly placeOf: PlaceOf }) {
  const { type, text } = OUTCOMES[step.outcome]
  return (
    <div>
      <StatusIndicator type={type}>
        {capitalized(step.layer)} {text}
      </StatusIndicator>
      {step.statements.length === 0 && (
        <Box variant="small" padding={{ left: 'l' }} display="block">
          No statement is about this action.
        </Box>
      )}
      {step.statements.map(one => (
        <Statement
          key={`${one.statement.source.name} ${one.statement.start.line}:${one.statement.start.column}`}
          examined={one}
          placeOf={placeOf}
        />
      ))}
    </div>
  )
}

function Statement({
  examined,
  placeOf,
}: {
  readonly examined: ExaminedStatement
  readonly placeOf: PlaceOf
}) {
  const { statement, effect, applies, matchesResource, namesCaller, conditions } = examined
  const { source, Sid } = statement
  const { line, link } = placeOf(statement)
  const name = `${source.name}, line ${line}`
  return (
    <Box padding={{ left: 'l', top: 'xxs' }}>
      <Box fontWeight={applies ? 'bold' : 'normal'} display="inline">
        {effect} {Sid}
      </Box>{' '}
      {applies ? 'applies' : 'does not apply'} (
      {link === undefined ? name : <ConsoleLink to={link}>{name}</ConsoleLink>})
      {!namesCaller && <Detail text="It does not name the caller." />}
      {!matchesResource && <Detail text="It is not about this resource." />}
      {conditions.map(condition => (
        <Condition key={`${condition.operator} ${condition.key}`} condition={condition} />
      ))}
    </Box>
  )
}

function Condition({
  condition: { operator, key, values, actual, holds },
}: {
  readonly condition: ExaminedCondition
}) {
  const found = actual === undefined ? 'absent' : JSON.stringify(actual)
  return (
    <Detail
      text={`${operator} ${key} ${values.join(', ')}: the key is ${found}, the condition ${holds ? 'holds' : 'does not hold'}.`}
    />
  )
}

function Detail({ text }: { readonly text: string }) {
  return (
    <Box variant="small" display="block">
      {text}
    </Box>
  )
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
