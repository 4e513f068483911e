// Creates a role in three steps: who may assume it, what it may do, its name.
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import Wizard from '@cloudscape-design/components/wizard'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useChange } from '../../api/queries.ts'
import { Failure } from '../failure.tsx'
import { links } from '../links.ts'
import { ChoosePolicies } from '../permissions/choose-policies.tsx'
import { isRefused, PolicyEditor } from '../policy-editor/policy-editor.tsx'
import { TRUST_POLICY } from '../policy-editor/policy-options.ts'
import { useUnsavedChanges } from '../unsaved-changes.tsx'
import { useNotify } from '../shell/notifications.tsx'
import { useSession } from '../shell/session.ts'
import { ChooseTrust } from './choose-trust.tsx'
import type { NewRole } from './new-role.ts'
import { createRole, NEW_ROLE } from './new-role.ts'
import { SESSION_DURATIONS } from './session-durations.ts'
import { trustPolicy } from './trust-policy.ts'

export function CreateRole() {
  const account = useSession()?.account ?? ''
  const [role, setRole] = useState(NEW_ROLE)
  const [step, setStep] = useState(0)
  const [isTried, setTried] = useState(false)
  const navigate = useNavigate()
  const notify = useNotify()
  const document = trustPolicy(role.trust, account)
  const unsaved = useUnsavedChanges(role !== NEW_ROLE)
  const change = useChange(
    () => unsaved.saving(() => createRole(role, document)),
    () => {
      notify(`Role ${role.roleName} was created.`)
      return navigate(links.role(role.roleName))
    },
  )
  const edit = (changed: Partial<NewRole>) => setRole(before => ({ ...before, ...changed }))
  return (
    <>
      <Wizard
        activeStepIndex={step}
        submitButtonText="Create role"
        isLoadingNextStep={change.isPending}
        onNavigate={({ detail: { requestedStepIndex } }) => {
          setTried(true)
          if (isRefused(document, TRUST_POLICY)) return
          setTried(false)
          setStep(requestedStepIndex)
        }}
        onCancel={() => void navigate(links.roles)}
        onSubmit={() => {
          setTried(true)
          if (role.roleName !== '') change.mutate(undefined)
        }}
        steps={[
          {
            title: 'Select trusted entity',
            content: (
              <SpaceBetween size="l">
                <ChooseTrust
                  trust={role.trust}
                  isTried={isTried}
                  onChange={trust => edit({ trust })}
                />
                <Container header={<Header variant="h2">Trust policy</Header>}>
                  <PolicyEditor
                    value={document}
                    options={TRUST_POLICY}
                    ariaLabel="Trust policy"
                    quota="trustPolicy"
                    height={280}
                    // What is written by hand is no longer what the fields say.
                    onChange={custom => edit({ trust: { ...role.trust, kind: 'custom', custom } })}
                  />
                </Container>
              </SpaceBetween>
            ),
          },
          {
            title: 'Add permissions',
            content: (
              <ChoosePolicies
                chosen={role.policyArns}
                onChoose={policyArns => edit({ policyArns })}
              />
            ),
          },
          {
            title: 'Name and create',
            content: (
              <SpaceBetween size="l">
                {change.error && (
                  <Failure header={`${role.roleName} was not created`} error={change.error} />
                )}
                <Details role={role} edit={edit} isTried={isTried} />
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
  role: { roleName, description, maxSessionSeconds },
  edit,
  isTried,
}: {
  readonly role: NewRole
  readonly edit: (changed: Partial<NewRole>) => void
  readonly isTried: boolean
}) {
  return (
    <Container header={<Header variant="h2">Role details</Header>}>
      <SpaceBetween size="l">
        <FormField
          label="Role name"
          constraintText="Up to 64 characters: A-Z, a-z, 0-9, and + = , . @ _ -"
          {...(isTried && roleName === '' && { errorText: 'Enter a role name.' })}
        >
          <Input
            value={roleName}
            autoComplete={false}
            onChange={({ detail }) => edit({ roleName: detail.value.trim() })}
          />
        </FormField>
        <FormField label="Description - optional">
          <Textarea
            rows={2}
            value={description}
            onChange={({ detail }) => edit({ description: detail.value })}
          />
        </FormField>
        <FormField label="Maximum session duration">
          <Select
            selectedOption={
              SESSION_DURATIONS.find(({ value }) => value === String(maxSessionSeconds)) ?? null
            }
            options={SESSION_DURATIONS}
            onChange={({ detail }) =>
              edit({ maxSessionSeconds: Number(detail.selectedOption.value) })
            }
          />
        </FormField>
      </SpaceBetween>
    </Container>
  )
}
