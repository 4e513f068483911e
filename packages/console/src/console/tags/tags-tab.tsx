// Tags of a user, role or policy, changed all at once.
import type { Tag } from '@aws-sdk/client-iam'
import type { TagEditorProps } from '@cloudscape-design/components/tag-editor'
import TagEditor, { getTagsDiff } from '@cloudscape-design/components/tag-editor'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo, useState } from 'react'
import { useChange } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
import { useNotify } from '../shell/notifications.tsx'

type Props = {
  /** Whose: `alice`. */
  readonly name: string
  readonly tags: readonly Tag[] | undefined
  readonly tag: (Tags: Tag[]) => Promise<unknown>
  readonly untag: (TagKeys: string[]) => Promise<unknown>
}

/** AWS's quota. */
const MOST_TAGS = 50

export function TagsTab({ name, tags, tag, untag }: Props) {
  const existing = useMemo(() => tags?.map(existingTag) ?? [], [tags])
  const [edited, setEdited] = useState<{
    readonly tags: readonly TagEditorProps.Tag[]
    readonly isValid: boolean
  }>()
  const notify = useNotify()
  const shown = edited?.tags ?? existing
  const save = useChange(
    async () => {
      const { created, removed } = getTagsDiff(existing, shown)
      if (removed.length > 0) await untag([...removed])
      const changed = Object.entries(created).map(([Key, Value]) => ({ Key, Value }))
      if (changed.length > 0) await tag(changed)
    },
    () => {
      setEdited(undefined)
      notify(`The tags of ${name} were saved.`)
    },
  )
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${existing.length})`}
          description="Key-value pairs by which resources are found, and which policies can ask for."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={edited === undefined} onClick={() => setEdited(undefined)}>
                Cancel
              </Button>
              <Button
                variant="primary"
                disabled={edited === undefined || !edited.isValid}
                loading={save.isPending}
                onClick={() => save.mutate(undefined)}
              >
                Save changes
              </Button>
            </SpaceBetween>
          }
        >
          Tags
        </Header>
      }
    >
      <SpaceBetween size="m">
        {save.error && <Failure error={save.error} />}
        <TagEditor
          tags={shown}
          tagLimit={MOST_TAGS}
          loading={tags === undefined}
          onChange={({ detail }) => setEdited({ tags: detail.tags, isValid: detail.valid })}
        />
      </SpaceBetween>
    </Container>
  )
}

const existingTag = ({ Key = '', Value = '' }: Tag): TagEditorProps.Tag => ({
  key: Key,
  value: Value,
  existing: true,
})
