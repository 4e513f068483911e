// Creates a managed policy.
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { PolicyEditor, refusalOf } from '../policy-editor/policy-editor.tsx'
import { MANAGED_POLICY, NEW_POLICY } from '../policy-editor/policy-options.ts'

export function CreatePolicy() {
  const [PolicyName, setName] = useState('')
  const [Description, setDescription] = useState('')
  const [PolicyDocument, setDocument] = useState(NEW_POLICY)
  const [isTried, setTried] = useState(false)
  const isChanged = PolicyName !== '' || Description !== '' || PolicyDocument !== NEW_POLICY
  const perform = () =>
    iam('CreatePolicy', {
      PolicyName,
      PolicyDocument,
      ...(Description !== '' && { Description }),
    })
  return (
    <FormPage
      title="Create policy"
      submitText="Create policy"
      cancelTo={links.policies}
      isChanged={isChanged}
      perform={perform}
      validate={() => {
        setTried(true)
        return PolicyName === ''
          ? 'A policy needs a name.'
          : refusalOf(PolicyDocument, MANAGED_POLICY, 'managedPolicy')
      }}
      done={`Policy ${PolicyName} was created.`}
      doneTo={links.policies}
    >
      <Container header={<Header variant="h2">Policy details</Header>}>
        <SpaceBetween size="l">
          <FormField
            label="Policy name"
            constraintText="Up to 128 characters: A-Z, a-z, 0-9, and + = , . @ _ -"
            {...(isTried && PolicyName === '' && { errorText: 'Enter a policy name.' })}
          >
            <Input
              value={PolicyName}
              autoComplete={false}
              onChange={({ detail }) => setName(detail.value.trim())}
            />
          </FormField>
          <FormField
            label="Description - optional"
            constraintText="It cannot be changed later. Up to 1,000 characters."
          >
            <Textarea
              rows={2}
              value={Description}
              onChange={({ detail }) => setDescription(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Permissions</Header>}>
        <PolicyEditor
          value={PolicyDocument}
          onChange={setDocument}
          options={MANAGED_POLICY}
          quota="managedPolicy"
          ariaLabel="Policy document"
        />
      </Container>
    </FormPage>
  )
}
