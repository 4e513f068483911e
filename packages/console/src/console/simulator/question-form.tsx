// Who, which actions, which resource; and what else the request says.
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback } from 'react'
import type { Principal } from './account.ts'
import { suggestActions } from './action-suggestions.ts'
import type { Asked } from './asked.ts'
import { wordsIn } from './asked.ts'
import type { Expansion } from './expansion.ts'
import { MoreAsked } from './more-asked.tsx'
import { WordsInput } from './words-input.tsx'

type Props = {
  readonly asked: Asked
  readonly principals: readonly Principal[] | undefined
  /** Every action that can be suggested; undefined while they are not there. */
  readonly known: readonly string[] | undefined
  readonly expansion: Expansion
  readonly onChange: (changed: Partial<Asked>) => void
}

export function QuestionForm({ asked, principals, known, expansion, onChange }: Props) {
  const suggestAction = useCallback((typed: string) => suggestActions(typed, known ?? []), [known])
  const suggestResource = useCallback(
    (typed: string) => suggestResources(typed, principals),
    [principals],
  )
  return (
    <Container header={<Header variant="h2">Request</Header>}>
      <SpaceBetween size="l">
        <FormField label="Who" description="A user or role, with all policies that speak for it.">
          <Select
            placeholder="Choose a user or role"
            filteringType="auto"
            statusType={principals === undefined ? 'loading' : 'finished'}
            loadingText="Loading users and roles"
            selectedOption={
              optionsOf(principals).find(({ value }) => value === asked.principal) ?? null
            }
            options={[
              { label: 'Users', options: optionsOf(principals?.filter(isOf('user'))) },
              { label: 'Roles', options: optionsOf(principals?.filter(isOf('role'))) },
            ]}
            onChange={({ detail }) => onChange({ principal: detail.selectedOption.value ?? '' })}
          />
        </FormField>
        <WordsInput
          label="Actions"
          description="As in iam:CreateUser. Wildcards, as in s3:Get*, stand for all documented actions that they match."
          placeholder="s3:GetObject"
          words={asked.actions}
          suggest={suggestAction}
          split={wordsIn}
          warning={warningOf(expansion)}
          error={errorOf(expansion)}
          onChange={actions => onChange({ actions })}
        />
        <WordsInput
          label="Resources"
          description="ARNs, or * for actions that have none. For sts:AssumeRole the ARN of a role of this account, whose trust policy is asked too."
          placeholder="arn:aws:s3:::bucket/key"
          words={asked.resources}
          suggest={suggestResource}
          split={typed => [typed.trim()].filter(Boolean)}
          onChange={resources => onChange({ resources })}
        />
        <MoreAsked asked={asked} onChange={onChange} />
      </SpaceBetween>
    </Container>
  )
}

function errorOf({ malformed, unmatched }: Expansion): string | undefined {
  const faults = [
    ...(malformed.length > 0
      ? [`${malformed.join(', ')}: an action is written as service:Name.`]
      : []),
    ...(unmatched.length > 0 ? [`No documented action is like ${unmatched.join(', ')}.`] : []),
  ]
  return faults.join(' ') || undefined
}

/** A misspelt action is denied, which looks like an answer. */
function warningOf({ undocumented }: Expansion): string | undefined {
  if (undocumented.length === 0) return undefined
  return `AWS documents no ${undocumented.join(', ')}. It is asked about as it is.`
}

function suggestResources(typed: string, principals: readonly Principal[] = []) {
  const own = principals.map(({ arn, kind, name }) => ({
    value: arn,
    description: `${kind === 'role' ? 'Role' : 'User'} ${name}`,
  }))
  const all = [{ value: '*', description: 'Actions without a resource' }, ...own]
  return all.filter(({ value }) => value.toLowerCase().includes(typed.toLowerCase()))
}

const isOf =
  (wanted: Principal['kind']) =>
  ({ kind }: Principal) =>
    kind === wanted

function optionsOf(principals: readonly Principal[] = []) {
  return principals.map(({ name, arn }) => ({ label: name, value: arn, description: arn }))
}
