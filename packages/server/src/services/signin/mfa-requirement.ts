// Whether the account's users are asked to enrol a device when they sign in. AWS has no such setting for its users, and no action
// for it: the actions are ours.
import { AwsError } from '@twinlock/protocol'
import type { MfaRequirement } from '../../authentication/sign-in-state.ts'
import { consoleOperation } from './console-operation.ts'

export const GetMFARequirement = consoleOperation('GetMFARequirement', {
  permissions: () => [{ action: 'twinlock:GetMFARequirement', resource: '*' }],
  async perform(_, { account, db }) {
    const { mfaRequirement } = await db
      .selectFrom('account')
      .select('mfaRequirement')
      .where('accountId', '=', account)
      .executeTakeFirstOrThrow()
    // Only PutMFARequirement writes the column.
    const requirement = JSON.parse(mfaRequirement ?? '{"mode":"off"}') as MfaRequirement
    return requirement.mode === 'require'
      ? { Mode: requirement.mode, By: new Date(requirement.by) }
      : { Mode: requirement.mode }
  },
})

export const PutMFARequirement = consoleOperation('PutMFARequirement', {
  changes: true,
  permissions: () => [{ action: 'twinlock:PutMFARequirement', resource: '*' }],
  async perform({ Mode, By }, { account, db, now }) {
    if (Mode !== 'require' && By !== undefined) {
      throw new AwsError('InvalidParameterCombination', "By goes with the mode 'require' alone.")
    }
    const requirement: MfaRequirement =
      Mode === 'require' ? { mode: Mode, by: (By ?? now).toISOString() } : { mode: Mode }
    await db
      .updateTable('account')
      .set({ mfaRequirement: JSON.stringify(requirement) })
      .where('accountId', '=', account)
      .execute()
    return {}
  },
})
