// A page: its name, what can be done with it, and what it shows.
import ContentLayout from '@cloudscape-design/components/content-layout'
import type { HeaderProps } from '@cloudscape-design/components/header'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { PropsWithChildren, ReactNode } from 'react'

type Props = PropsWithChildren<{
  readonly title: string
  readonly description?: HeaderProps['description']
  readonly actions?: ReactNode
}>

export function Page({ title, description, actions, children }: Props) {
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={description} actions={actions}>
          {title}
        </Header>
      }
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  )
}
