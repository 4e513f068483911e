// What else a request says: how old stale MFA is, and condition keys.
import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Asked } from './asked.ts'

type Props = {
  readonly asked: Asked
  readonly onChange: (changed: Partial<Asked>) => void
}

export function MoreAsked({ asked, onChange }: Props) {
  return (
    <ExpandableSection
      headerText="More about the request"
      defaultExpanded={asked.context.length > 0}
    >
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
  )
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
