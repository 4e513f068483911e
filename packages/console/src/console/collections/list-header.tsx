// A list's name, how many there are, and what can be done.
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import type { Reading } from '../../api/reading.ts'
import { ReadFailure } from '../read.tsx'

type Props = {
  readonly variant: 'h1' | 'h2'
  readonly title: string
  readonly noun: string
  readonly counter: string
  readonly description: ReactNode
  readonly reading: Reading<unknown>
  readonly actions: ReactNode
}

export function ListHeader({
  variant,
  title,
  noun,
  counter,
  description,
  reading,
  actions,
}: Props) {
  return (
    <SpaceBetween size="m">
      <Header
        variant={variant}
        counter={counter}
        description={description}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              iconName="refresh"
              formAction="none"
              ariaLabel={`Refresh ${noun}`}
              loading={reading.isFetching && reading.data !== undefined}
              onClick={() => void reading.refetch()}
            />
            {actions}
          </SpaceBetween>
        }
      >
        {title}
      </Header>
      <ReadFailure of={reading} what={`The list of ${noun}`} />
    </SpaceBetween>
  )
}
