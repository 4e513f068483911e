// Creates a group with users and policies.
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { FormPage } from '../form-page.tsx'
import { links } from '../links.ts'
import { ChoosePolicies } from '../permissions/choose-policies.tsx'
import { deleteGroup } from './delete-group.tsx'
import { ChooseUsers } from './choose-users.tsx'

export function CreateGroup() {
  const [GroupName, setName] = useState('')
  const [userNames, setUserNames] = useState<readonly string[]>([])
  const [arns, setArns] = useState<readonly string[]>([])
  const [isTried, setTried] = useState(false)
  const perform = () => createGroup(GroupName, arns, userNames)
  return (
    <FormPage
      title="Create user group"
      submitText="Create user group"
      cancelTo={links.groups}
      perform={perform}
      validate={() => {
        setTried(true)
        return GroupName !== ''
      }}
      done={`User group ${GroupName} was created.`}
      doneTo={links.group(GroupName)}
    >
      <Container header={<Header variant="h2">Name the group</Header>}>
        <FormField
          label="User group name"
          constraintText="Up to 128 characters: A-Z, a-z, 0-9, and + = , . @ _ -"
          {...(isTried && GroupName === '' && { errorText: 'Enter a group name.' })}
        >
          <Input
            value={GroupName}
            autoComplete={false}
            onChange={({ detail }) => setName(detail.value.trim())}
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
        chosen={arns}
        onChoose={setArns}
      />
    </FormPage>
  )
}

/** Makes the group, or nothing: where a step is refused, what was made is taken back. */
async function createGroup(
  GroupName: string,
  policyArns: readonly string[],
  userNames: readonly string[],
): Promise<void> {
  await iam('CreateGroup', { GroupName })
  try {
    // Denies before members: nobody is in it unbound.
    for (const PolicyArn of policyArns) await iam('AttachGroupPolicy', { GroupName, PolicyArn })
    for (const UserName of userNames) await iam('AddUserToGroup', { GroupName, UserName })
  } catch (error) {
    await deleteGroup(GroupName).catch(() => undefined)
    throw error
  }
}
