// Creates a user in three steps: who, what it may do, and a look at all of it: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_create.html
import Box from '@cloudscape-design/components/box'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Wizard from '@cloudscape-design/components/wizard'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { nameInArn } from '../../api/arns.ts'
import { useChange } from '../../api/queries.ts'
import { ConsoleButton } from '../console-button.tsx'
import { Failure } from '../failure.tsx'
import { links } from '../links.ts'
import { Page } from '../page.tsx'
import { ChoosePolicies } from '../permissions/choose-policies.tsx'
import { useNotify } from '../shell/notifications.tsx'
import { useUnsavedChanges } from '../unsaved-changes.tsx'
import { ChooseGroups } from './choose-groups.tsx'
import type { NewUser } from './new-user.ts'
import { createUser, NEW_USER } from './new-user.ts'
import { isChosen, NewConsolePassword } from './new-console-password.tsx'
import { ShownPassword } from './shown-password.tsx'

type Edit = (changed: Partial<NewUser>) => void

export function CreateUser() {
  const [user, setUser] = useState(NEW_USER)
  const [step, setStep] = useState(0)
  const [isTried, setTried] = useState(false)
  const [madePassword, setMadePassword] = useState<string>()
  const navigate = useNavigate()
  const notify = useNotify()
  const unsaved = useUnsavedChanges(user !== NEW_USER)
  const change = useChange(
    () => unsaved.saving(() => createUser(user)),
    password => {
      notify(`User ${user.userName} was created.`)
      return password === undefined
        ? navigate(links.user(user.userName))
        : setMadePassword(password)
    },
  )
  const edit: Edit = changed => setUser(before => ({ ...before, ...changed }))
  const isComplete = user.userName !== '' && (!user.hasConsoleAccess || isChosen(user.password))

  if (madePassword !== undefined) {
    return <Created userName={user.userName} password={madePassword} />
  }
  return (
    <>
      <Wizard
        activeStepIndex={step}
        submitButtonText="Create user"
        isLoadingNextStep={change.isPending}
        onNavigate={({ detail: { requestedStepIndex } }) => {
          setTried(true)
          if (isComplete) setStep(requestedStepIndex)
        }}
        onCancel={() => void navigate(links.users)}
        onSubmit={() => change.mutate(undefined)}
        steps={[
          {
            title: 'Specify user details',
            content: <Details user={user} edit={edit} isTried={isTried} />,
          },
          {
            title: 'Set permissions',
            description: 'Groups are the way to give several people the same.',
            content: (
              <SpaceBetween size="l">
                <ChooseGroups
                  chosen={user.groupNames}
                  onChoose={groupNames => edit({ groupNames })}
                />
                <ChoosePolicies
                  title="Policies attached directly"
                  chosen={user.policyArns}
                  onChoose={policyArns => edit({ policyArns })}
                />
              </SpaceBetween>
            ),
          },
          {
            title: 'Review and create',
            content: (
              <SpaceBetween size="l">
                {change.error && (
                  <Failure header={`${user.userName} was not created`} error={change.error} />
                )}
                <Review user={user} />
              </SpaceBetween>
            ),
          },
        ]}
      />
      {unsaved.question}
    </>
  )
}

function Details({
  user,
  edit,
  isTried,
}: {
  readonly user: NewUser
  readonly edit: Edit
  readonly isTried: boolean
}) {
  const { userName, path, hasConsoleAccess, password } = user
  return (
    <Container header={<Header variant="h2">User details</Header>}>
      <SpaceBetween size="l">
        <FormField
          label="User name"
          constraintText="Up to 64 characters: A-Z, a-z, 0-9, and + = , . @ _ -"
          {...(isTried && userName === '' && { errorText: 'Enter a user name.' })}
        >
          <Input
            value={userName}
            autoComplete={false}
            autoFocus
            onChange={({ detail }) => edit({ userName: detail.value.trim() })}
          />
        </FormField>
        <FormField label="Path - optional" constraintText="Begins and ends with a slash.">
          <Input
            value={path}
            placeholder="/"
            autoComplete={false}
            onChange={({ detail }) => edit({ path: detail.value.trim() })}
          />
        </FormField>
        <Checkbox
          checked={hasConsoleAccess}
          description="With a password, and with a second factor as the account demands it."
          onChange={({ detail }) => edit({ hasConsoleAccess: detail.checked })}
        >
          Provide user access to the console
        </Checkbox>
        {hasConsoleAccess && (
          <NewConsolePassword
            chosen={password}
            onChange={chosen => edit({ password: chosen })}
            errorText={isTried && !isChosen(password) ? 'Enter a password.' : undefined}
          />
        )}
      </SpaceBetween>
    </Container>
  )
}

function Review({ user }: { readonly user: NewUser }) {
  const { userName, path, hasConsoleAccess, password, groupNames, policyArns } = user
  return (
    <Container header={<Header variant="h2">Review</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'User name', value: userName },
          { label: 'Path', value: path || '/' },
          {
            label: 'Console access',
            value: hasConsoleAccess
              ? `${password.kind === 'custom' ? 'Custom' : 'Autogenerated'} password${password.mustChange ? ', to be changed at next sign-in' : ''}`
              : 'None',
          },
          { label: 'User groups', value: groupNames.join(', ') || 'None' },
          {
            label: 'Policies attached directly',
            value: policyArns.map(nameInArn).join(', ') || 'None',
          },
        ]}
      />
    </Container>
  )
}

function Created({ userName, password }: { readonly userName: string; readonly password: string }) {
  return (
    <Page title="Retrieve password">
      <Container header={<Header variant="h2">Console sign-in details</Header>}>
        <ShownPassword userName={userName} password={password} />
      </Container>
      <Box float="right">
        <SpaceBetween direction="horizontal" size="xs">
          <ConsoleButton to={links.user(userName)}>View user</ConsoleButton>
          <ConsoleButton variant="primary" to={links.users}>
            Return to users list
          </ConsoleButton>
        </SpaceBetween>
      </Box>
    </Page>
  )
}
