// Who, which actions, which resource; and what else the request says.
import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import type { Principal } from './account.ts'
import type { Asked } from './asked.ts'

type Props = {
  readonly asked: Asked
  readonly principals: readonly Principal[] | undefined
  /** Actions that are none. */
  readonly malformed: readonly string[]
  readonly onChange: (changed: Partial<Asked>) => void
}

export function QuestionForm({ asked, principals, malformed, onChange }: Props) {
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
        <FormField
          label="Actions"
          description="One on a line, as in iam:CreateUser."
          {...(malformed.length > 0 && {
            errorText: `${malformed.join(', ')}: an action is written as service:Name, without wildcards.`,
          })}
        >
          <Textarea
            rows={4}
            spellcheck={false}
            value={asked.actions}
            onChange={({ detail }) => onChange({ actions: detail.value })}
          />
        </FormField>
        <FormField
          label="Resource"
          description="An ARN, or * for actions that have none. For sts:AssumeRole the ARN of a role of this account, whose trust policy is asked too."
        >
          <Input
            value={asked.resource}
            spellcheck={false}
            onChange={({ detail }) => onChange({ resource: detail.value.trim() })}
          />
        </FormField>
        <ExpandableSection headerText="More about the request">
          <SpaceBetween size="l">
            <FormField label="Stale MFA was proved so many seconds ago">
              <Input
                type="number"
                value={String(asked.staleSeconds)}
                onChange={({ detail }) =>
                  onChange({ staleSeconds: Math.max(0, Number(detail.value) || 0) })
                }
              />
            </FormField>
            <AttributeEditor
              items={asked.context.map(([key, value]) => ({ key, value }))}
              addButtonText="Add condition key"
              removeButtonText="Remove"
              empty="No further condition keys. What follows from the caller, and the time, are there already."
              onAddButtonClick={() => onChange({ context: [...asked.context, ['', '']] })}
              onRemoveButtonClick={({ detail: { itemIndex } }) =>
                onChange({ context: asked.context.filter((_, index) => index !== itemIndex) })
              }
              definition={[
                {
                  label: 'Condition key',
                  control: ({ key }, index) => (
                    <Input
                      value={key}
                      placeholder="aws:SourceIp"
                      onChange={({ detail }) =>
                        onChange({ context: replaced(asked.context, index, 0, detail.value) })
                      }
                    />
                  ),
                },
                {
                  label: 'Value',
                  control: ({ value }, index) => (
                    <Input
                      value={value}
                      onChange={({ detail }) =>
                        onChange({ context: replaced(asked.context, index, 1, detail.value) })
                      }
                    />
                  ),
                },
              ]}
            />
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  )
}

const isOf =
  (wanted: Principal['kind']) =>
  ({ kind }: Principal) =>
    kind === wanted

function optionsOf(principals: readonly Principal[] = []) {
  return principals.map(({ name, arn }) => ({ label: name, value: arn, description: arn }))
}

function replaced(
  context: Asked['context'],
  index: number,
  part: 0 | 1,
  text: string,
): Asked['context'] {
  return context.map((pair, at) => {
    if (at !== index) return pair
    return part === 0 ? [text.trim(), pair[1]] : [pair[0], text]
  })
}
