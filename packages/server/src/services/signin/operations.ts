// What AWS keeps to its console, and what is ours alone: behind the second door only.
import type { Operations } from '../operation.ts'
import { DeleteHardwareToken, ImportHardwareTokens, ListHardwareTokens } from './hardware-tokens.ts'
import { GetLoginProfile } from './login-profiles.ts'
import {
  DeactivateMFADevice,
  EnableMFADevice,
  ListMFADevices,
  ResyncMFADevice,
} from './mfa-devices.ts'
import { GetMFARequirement, PutMFARequirement } from './mfa-requirement.ts'
import type { SigninOperationName } from './model.ts'
import { ChangeRootPassword } from './root-password.ts'
import type { SecurityKeyHouse } from './security-keys.ts'
import { securityKeyOperations } from './security-keys.ts'
import type { SessionHouse } from './sessions.ts'
import { EndSessions, GetSession, listSessions } from './sessions.ts'
import { ExitRole, SwitchRole } from './switch-role.ts'
import { ListUserCredentials } from './user-credentials.ts'

/** The operations, for pages of this origin. */
export const signinOperations = (house: SecurityKeyHouse & SessionHouse) =>
  ({
    GetSession,
    ListSessions: listSessions(house),
    EndSessions,
    SwitchRole,
    ExitRole,
    ...securityKeyOperations(house),
    EnableMFADevice,
    ResyncMFADevice,
    DeactivateMFADevice,
    ListMFADevices,
    ListUserCredentials,
    GetLoginProfile,
    ImportHardwareTokens,
    ListHardwareTokens,
    DeleteHardwareToken,
    GetMFARequirement,
    PutMFARequirement,
    ChangeRootPassword,
  }) satisfies Operations & Record<SigninOperationName, unknown>
