// STS: the operations that make and explain temporary credentials.
import type { Operations } from '../operation.ts'
import { AssumeRole } from './assume-role.ts'
import { DecodeAuthorizationMessage } from './decode-authorization-message.ts'
import { GetAccessKeyInfo } from './get-access-key-info.ts'
import { GetCallerIdentity } from './get-caller-identity.ts'
import { GetFederationToken } from './get-federation-token.ts'
import { GetSessionToken } from './get-session-token.ts'

export const stsOperations = {
  AssumeRole,
  DecodeAuthorizationMessage,
  GetAccessKeyInfo,
  GetCallerIdentity,
  GetFederationToken,
  GetSessionToken,
} satisfies Operations
