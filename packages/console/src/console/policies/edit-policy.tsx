// Writes the next version of a managed policy, and shows what it changes.
import Alert from '@cloudscape-design/components/alert'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { nameInArn } from '../../api/arns.ts'
import { ACCOUNT } from '../../api/queries.ts'
import { FormPage } from '../form-page.tsx'
import { Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { PolicyEditor, refusalOf } from '../policy-editor/policy-editor.tsx'
import { MANAGED_POLICY } from '../policy-editor/policy-options.ts'
import { TextDiff } from '../policy-editor/text-diff.tsx'
import { Read } from '../read.tsx'
import type { InForce } from './next-version.ts'
import { createVersion, readInForce } from './next-version.ts'

export function EditPolicy() {
  const [search] = useSearchParams()
  const arn = search.get('arn') ?? ''
  const reading = useQuery({
    queryKey: [ACCOUNT, 'policy in force', arn],
    queryFn: ({ signal }) => readInForce(arn, signal),
  })
  return (
    <Read of={reading} what="The policy">
      {inForce => <EditForm key={arn} arn={arn} inForce={inForce} />}
    </Read>
  )
}

/** What is written begins with what was in force then, whatever comes into force meanwhile. */
function EditForm({ arn, inForce }: { readonly arn: string; readonly inForce: InForce }) {
  const name = nameInArn(arn)
  const [begun] = useState(inForce)
  const [document, setDocument] = useState(begun.text)
  const [isDefault, setDefault] = useState(true)
  const [agreed, setAgreed] = useState<string>()
  const { oldest } = inForce
  const isAgreed = oldest === undefined || agreed === oldest.VersionId
  const isChanged = document !== begun.text
  return (
    <FormPage
      title={`Edit ${name}`}
      description="Saving makes a new version. A policy has five at most."
      submitText="Save changes"
      cancelTo={links.policy(arn)}
      isChanged={isChanged}
      perform={() => createVersion({ arn, document, isDefault, dropped: oldest })}
      validate={() => {
        if (!isChanged) return 'Nothing was changed.'
        if (!isAgreed) return `Agree that version ${oldest.VersionId} is deleted.`
        return refusalOf(document, MANAGED_POLICY, 'managedPolicy')
      }}
      done={`Policy ${name} has a new version.`}
      doneTo={links.policy(arn)}
    >
      {inForce.versionId !== begun.versionId && (
        <Alert type="warning" header={`Version ${inForce.versionId} came into force meanwhile`}>
          What you write here began with {begun.versionId}. If you save it, what the other one
          changed is lost: look at it first, in the policy's versions.
        </Alert>
      )}
      <Container header={<Header variant="h2">Permissions</Header>}>
        <PolicyEditor
          value={document}
          onChange={setDocument}
          options={MANAGED_POLICY}
          quota="managedPolicy"
          ariaLabel="Policy document"
        />
      </Container>
      {isChanged && (
        <Container header={<Header variant="h2">Changes</Header>}>
          <TextDiff before={inForce.text} after={document} />
        </Container>
      )}
      {oldest && (
        <Alert type="warning" header={`Version ${oldest.VersionId} makes room`}>
          <SpaceBetween size="s">
            <span>
              There are five versions. The oldest that is not in force, {oldest.VersionId} of{' '}
              <Instant at={oldest.CreateDate} />, is deleted and cannot be brought back.
            </span>
            <Checkbox
              checked={isAgreed}
              onChange={({ detail }) => setAgreed(detail.checked ? oldest.VersionId : undefined)}
            >
              Delete version {oldest.VersionId}
            </Checkbox>
          </SpaceBetween>
        </Alert>
      )}
      <Checkbox checked={isDefault} onChange={({ detail }) => setDefault(detail.checked)}>
        Set this new version as the default: it is in force at once
      </Checkbox>
    </FormPage>
  )
}
