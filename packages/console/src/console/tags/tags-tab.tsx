// Tags of a user, role or policy, changed all at once.
import type { Tag } from '@aws-sdk/client-iam'
import type { TagEditorProps } from '@cloudscape-design/components/tag-editor'
import TagEditor from '@cloudscape-design/components/tag-editor'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo, useState } from 'react'
import { useChange } from '../../api/queries.ts'
import type { Reading } from '../../api/reading.ts'
import { Failure } from '../failure.tsx'
import { Read } from '../read.tsx'
import { useNotify } from '../shell/notifications.tsx'
import type { KeyCase } from './tag-changes.ts'
import { tagChanges } from './tag-changes.ts'

type Props = {
  /** Whose: `alice`. */
  readonly name: string
  readonly keyCase?: KeyCase
  readonly reading: Reading<readonly Tag[]>
  readonly tag: (Tags: Tag[]) => Promise<unknown>
  readonly untag: (TagKeys: string[]) => Promise<unknown>
}

export function TagsTab({ reading, ...props }: Props) {
  return (
    <Read of={reading} what="The tags">
      {tags => <Tags {...props} tags={tags} />}
    </Read>
  )
}

type Edited = { readonly tags: readonly TagEditorProps.Tag[]; readonly isValid: boolean }

/** AWS's quota. */
const MOST_TAGS = 50

function Tags({
  name,
  keyCase = 'ignoring case',
  tags,
  tag,
  untag,
}: Omit<Props, 'reading'> & { readonly tags: readonly Tag[] }) {
  const existing = useMemo(() => tags.map(existingTag), [tags])
  const [edited, setEdited] = useState<Edited>()
  const notify = useNotify()
  const shown = edited?.tags ?? existing
  const save = useChange(
    async () => {
      const { tagged, untagged } = tagChanges(existing, shown, keyCase)
      if (tagged.length > 0) await tag([...tagged])
      if (untagged.length > 0) await untag([...untagged])
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
              <Button
                disabled={edited === undefined || save.isPending}
                onClick={() => setEdited(undefined)}
              >
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
