// A role that is assumed with MFA: the `aws` command asks for the code by itself.
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { CommandBlock } from './command-block.tsx'
import type { CommandFacts } from './commands.ts'
import { roleProfile } from './commands.ts'

export function RoleProfile({ facts }: { readonly facts: CommandFacts }) {
  const [roleName, setRoleName] = useState('Deployer')
  return (
    <CommandBlock
      title="Assume a role with MFA"
      why="Add this to ~/.aws/config. Commands with the new profile ask for a code and run as the role."
      text={roleProfile(facts, roleName)}
    >
      <FormField label="Role name" description="With its path, where it has one">
        <Input
          value={roleName}
          spellcheck={false}
          onChange={({ detail }) => setRoleName(detail.value)}
        />
      </FormField>
    </CommandBlock>
  )
}
