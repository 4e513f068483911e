// Ends all sessions of a role that began before now: a policy that denies them everything.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { serverTime } from '../../api/server-time.ts'
import { ConfirmModal } from '../confirm-modal.tsx'

/** AWS's name: the next revocation replaces it. */
const POLICY_NAME = 'AWSRevokeOlderSessions'

export function RevokeSessions({ roleName: RoleName }: { readonly roleName: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<Button onClick={() => setOpen(true)}>Revoke active sessions</Button>}
        >
          Revoke active sessions
        </Header>
      }
    >
      <Box variant="p">
        If somebody has credentials of this role who should not, revoke all sessions that were
        opened until now. Whoever may assume the role can do so again.
      </Box>
      {isOpen && (
        <ConfirmModal
          title={`Revoke all active sessions of ${RoleName}?`}
          confirmation={RoleName}
          verb="Revoke"
          done={`All sessions of ${RoleName} that were opened until now are denied everything.`}
          perform={() => revoke(RoleName)}
          onClose={() => setOpen(false)}
        >
          Programs that run as this role stop working until they have assumed it anew. The inline
          policy {POLICY_NAME} is added to the role.
        </ConfirmModal>
      )}
    </Container>
  )
}

/** By the service's clock: were this computer's slow, the newest sessions would live on, which are an intruder's. */
async function revoke(RoleName: string): Promise<void> {
  const PolicyDocument = denialBefore(await serverTime())
  await iam('PutRolePolicy', { RoleName, PolicyName: POLICY_NAME, PolicyDocument })
}

function denialBefore(now: Date): string {
  const statement = {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { DateLessThan: { 'aws:TokenIssueTime': now.toISOString() } },
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)
}
