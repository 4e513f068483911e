// Above a list: what is searched in it, and which of its kinds are shown.
import Select from '@cloudscape-design/components/select'
import TextFilter from '@cloudscape-design/components/text-filter'
import { counted } from '../counted.ts'
import type { ListView } from './list-view.ts'

/** Kinds of items to choose from. The first option shows them all. */
export type ListFilter<Item> = {
  readonly label: string
  readonly options: readonly [FilterOption<Item>, ...(FilterOption<Item> | FilterGroup<Item>)[]]
}

export type FilterOption<Item> = {
  readonly value: string
  readonly label: string
  readonly shows: (item: Item) => boolean
}

export type FilterGroup<Item> = {
  readonly label: string
  readonly options: readonly FilterOption<Item>[]
}

type Props<Item> = {
  readonly noun: string
  readonly view: ListView
  readonly onChange: (changed: Partial<ListView>) => void
  readonly filter: ListFilter<Item> | undefined
  readonly matchCount: number
}

export function ListSearch<Item>({ noun, view, onChange, filter, matchCount }: Props<Item>) {
  return (
    <div
      style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}
      // A list may stand in a form, which a search must not send.
      onKeyDown={event => event.key === 'Enter' && event.preventDefault()}
    >
      <div style={{ flex: '1 1 14rem', maxWidth: '28rem' }}>
        <TextFilter
          filteringText={view.text}
          filteringPlaceholder={`Search ${noun}`}
          filteringAriaLabel={`Search ${noun}`}
          countText={counted(matchCount, 'match', 'matches')}
          onChange={({ detail }) => onChange({ text: detail.filteringText, page: 1 })}
        />
      </div>
      {filter && (
        <Select
          ariaLabel={filter.label}
          selectedOption={optionOf(filter, view)}
          options={filter.options}
          onChange={({ detail: { selectedOption } }) =>
            onChange({ show: selectedOption.value, page: 1 })
          }
        />
      )}
    </div>
  )
}

/** The option that a view names, or the first. */
export function optionOf<Item>(
  { options }: ListFilter<Item>,
  { show }: ListView,
): FilterOption<Item> {
  const all = options.flatMap(option => ('options' in option ? option.options : [option]))
  return all.find(({ value }) => value === show) ?? options[0]
}
