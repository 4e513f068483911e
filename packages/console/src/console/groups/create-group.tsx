// Creates a group with users and policies.
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { ChoosePolicies } from '../permissions/choose-policies.tsx'
import { ChooseUsers } from './choose-users.tsx'
import { createGroup } from './new-group.ts'

export function CreateGroup() {
  const [groupName, setGroupName] = useState('')
  const [userNames, setUserNames] = useState<readonly string[]>([])
  const [policyArns, setPolicyArns] = useState<readonly string[]>([])
  const [isTried, setTried] = useState(false)
  return (
    <FormPage
      title="Create user group"
      submitText="Create user group"
      cancelTo={links.groups}
      isChanged={[groupName, userNames, policyArns].some(({ length }) => length > 0)}
      perform={() => createGroup({ groupName, userNames, policyArns })}
      validate={() => {
        setTried(true)
        return groupName === '' ? 'Enter a group name.' : undefined
      }}
      done={`User group ${groupName} was created.`}
      doneTo={links.group(groupName)}
    >
      <Container header={<Header variant="h2">Name the group</Header>}>
        <FormField
          label="User group name"
          constraintText="Up to 128 characters: A-Z, a-z, 0-9, and + = , . @ _ -"
          {...(isTried && groupName === '' && { errorText: 'Enter a group name.' })}
        >
          <Input
            value={groupName}
            autoComplete={false}
            onChange={({ detail }) => setGroupName(detail.value.trim())}
          />
        </FormField>
      </Container>
      <ChooseUsers
        title="Add users to the group - optional"
        chosen={userNames}
        onChoose={setUserNames}
      />
      <ChoosePolicies
        title="Attach permissions policies - optional"
        chosen={policyArns}
        onChoose={setPolicyArns}
      />
    </FormPage>
  )
}
