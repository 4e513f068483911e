// Several words, one after the other: entered, pasted or chosen from what is suggested.
import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import TokenGroup from '@cloudscape-design/components/token-group'
import type { ReactNode } from 'react'
import { useMemo, useState } from 'react'
import type { Suggestion } from './suggestion.ts'

type Props = {
  readonly label: string
  readonly description: string
  readonly words: readonly string[]
  readonly placeholder: string
  /** The same function while it suggests the same. */
  readonly suggest: (typed: string) => readonly Suggestion[]
  /** What was typed as words. */
  readonly split: (typed: string) => readonly string[]
  readonly warning?: ReactNode
  readonly error?: ReactNode
  readonly onChange: (words: readonly string[]) => void
}

const MOST_SHOWN = 12

export function WordsInput({
  label,
  description,
  words,
  placeholder,
  suggest,
  split,
  warning,
  error,
  onChange,
}: Props) {
  const [typed, setTyped] = useState('')
  const suggestions = useMemo(() => suggest(typed), [suggest, typed])
  const add = (text: string) => {
    onChange([...new Set([...words, ...split(text)])])
    setTyped('')
  }
  return (
    <FormField label={label} description={description} warningText={warning} errorText={error}>
      <SpaceBetween size="xs">
        <Autosuggest
          value={typed}
          placeholder={placeholder}
          filteringType="manual"
          disableBrowserAutocorrect
          virtualScroll
          options={suggestions}
          enteredTextLabel={value => `Add ${value}`}
          empty="Nothing is suggested"
          onChange={({ detail }) => setTyped(detail.value)}
          onSelect={({ detail }) => add(detail.value)}
        />
        <TokenGroup
          items={words.map(word => ({ label: word, dismissLabel: `Remove ${word}` }))}
          limit={MOST_SHOWN}
          onDismiss={({ detail }) => onChange(words.filter((_, at) => at !== detail.itemIndex))}
        />
      </SpaceBetween>
    </FormField>
  )
}
