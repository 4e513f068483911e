// Writes an inline policy of a user, group or role: a new one, or the one that the address names.
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { laidOut } from '../../api/policy-document.ts'
import { ACCOUNT } from '../../api/queries.ts'
import { FormPage } from '../form-page.tsx'
import { PolicyEditor, refusalOf } from '../policy-editor/policy-editor.tsx'
import { INLINE_POLICY, NEW_POLICY } from '../policy-editor/policy-options.ts'
import { Read } from '../read.tsx'
import type { Identity } from './identity.ts'
import { IDENTITIES } from './identity.ts'

export function InlinePolicy({ identity }: { readonly identity: Identity }) {
  const [search] = useSearchParams()
  const policyName = search.get('name')
  const reading = useQuery({
    queryKey: [ACCOUNT, 'inline policy', identity, policyName],
    queryFn: () => IDENTITIES[identity.kind].readInline(identity.name, policyName ?? ''),
    enabled: policyName !== null,
  })
  if (policyName === null) return <InlinePolicyForm identity={identity} text={NEW_POLICY} />
  return (
    <Read of={reading} what={policyName}>
      {text => (
        <InlinePolicyForm identity={identity} policyName={policyName} text={laidOut(text)} />
      )}
    </Read>
  )
}

function InlinePolicyForm({
  identity: { kind, name },
  policyName,
  text,
}: {
  readonly identity: Identity
  readonly policyName?: string
  readonly text: string
}) {
  const { putInline, link, quota } = IDENTITIES[kind]
  const options = INLINE_POLICY[kind]
  const [chosenName, setName] = useState(policyName ?? '')
  const [document, setDocument] = useState(text)
  const [isTried, setTried] = useState(false)
  return (
    <FormPage
      title={policyName === undefined ? `Create inline policy for ${name}` : policyName}
      description={`A policy that is part of ${kind} ${name} and of nothing else.`}
      submitText={policyName === undefined ? 'Create policy' : 'Save changes'}
      cancelTo={link(name)}
      isChanged={document !== text || chosenName !== (policyName ?? '')}
      perform={() => putInline(name, chosenName, document)}
      validate={() => {
        setTried(true)
        return chosenName === '' ? 'A policy needs a name.' : refusalOf(document, options, quota)
      }}
      done={`Inline policy ${chosenName} was saved.`}
      doneTo={link(name)}
    >
      <Container>
        <FormField
          label="Policy name"
          {...(isTried && chosenName === '' && { errorText: 'A policy needs a name.' })}
        >
          <Input
            value={chosenName}
            disabled={policyName !== undefined}
            autoComplete={false}
            onChange={({ detail }) => setName(detail.value)}
          />
        </FormField>
      </Container>
      <Container>
        <PolicyEditor
          value={document}
          onChange={setDocument}
          options={options}
          quota={quota}
          ariaLabel="Policy document"
        />
      </Container>
    </FormPage>
  )
}
