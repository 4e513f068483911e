// Whether the account's users are asked to enrol a device when they sign in, and whether their security keys must make sure of them. AWS
// has no such setting for its users, and no action for it: the actions are ours.
import { AwsError } from '@twinlock/protocol'
import type { MfaRequirement } from '../../authentication/mfa-requirement.ts'
import { readMfaRequirement } from '../../authentication/mfa-requirement.ts'
import { consoleOperation } from './console-operation.ts'

export const GetMFARequirement = consoleOperation('GetMFARequirement', {
  permissions: () => [{ action: 'twinlock:GetMFARequirement', resource: '*' }],
  async perform(_, { account, db }) {
    const requirement = await readMfaRequirement(db, account)
    const { mode: Mode, userVerification: UserVerification = 'preferred' } = requirement
    return requirement.mode === 'require'
      ? { Mode, By: new Date(requirement.by), UserVerification }
      : { Mode, UserVerification }
  },
})

export const PutMFARequirement = consoleOperation('PutMFARequirement', {
  changes: true,
  permissions: () => [{ action: 'twinlock:PutMFARequirement', resource: '*' }],
  async perform({ Mode, By, UserVerification }, { account, db, now }) {
    if (Mode !== 'require' && By !== undefined) {
      throw new AwsError('InvalidParameterCombination', "By goes with the mode 'require' alone.")
    }
    const requirement: MfaRequirement = {
      ...(Mode === 'require' ? { mode: Mode, by: (By ?? now).toISOString() } : { mode: Mode }),
      ...(UserVerification === 'required' && { userVerification: UserVerification }),
    }
    await db
      .updateTable('account')
      .set({ mfaRequirement: JSON.stringify(requirement) })
      .where('accountId', '=', account)
      .execute()
    return {}
  },
})
