// A code that comes with GetSessionToken or AssumeRole: proves, before anything else is decided, that the caller holds its own
// device. The refusals are AWS's, blanks included.
import { AwsError } from '@twinlock/protocol'
import type { Context } from '../services/context.ts'
import { compiled } from '../store/compiled.ts'
import { METHOD_OF } from './mfa-method.ts'
import type { Session } from './session-tokens.ts'
import { totpDevice } from './totp-device.ts'

type PresentedCode = {
  readonly SerialNumber?: string | undefined
  readonly TokenCode?: string | undefined
}

const REFUSALS = {
  incomplete:
    'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  noDevice:
    'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  wrongCode: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
} as const

/**
 * What the request's code has proved, for a session to carry; undefined when it brought neither serial number nor code.
 * The code is spent for good when this answers, whatever becomes of the request.
 * @throws AwsError AccessDenied; of a device that is unknown, unassigned, somebody else's or tried too often alike
 */
export async function proveMfa(
  { SerialNumber, TokenCode }: PresentedCode,
  context: Context,
): Promise<Session['mfa']> {
  if (SerialNumber === undefined && TokenCode === undefined) return undefined
  if (SerialNumber === undefined || TokenCode === undefined) throw refused('incomplete')
  const { account, caller, db, house, now } = context
  const [row] = await findOwnDevice(db, { account, caller, serialNumber: SerialNumber })
  const device = row && totpDevice(house.keyring, account, row)
  // A security key has no codes: by its ARN it is no better than a device that is not there.
  if (row === undefined || device === undefined) throw refused('noDevice')
  const outcome = await house.totp.verifyCode(device, TokenCode, now)
  switch (outcome) {
    case 'proved':
      return {
        authenticatedAt: Math.floor(now.getTime() / 1000),
        serialNumber: row.serialNumber,
        method: METHOD_OF[row.kind],
      }
    case 'wrong':
    case 'spent':
      throw refused('wrongCode')
    case 'throttled':
      throw refused('noDevice')
    default:
      return outcome satisfies never
  }
}

const refused = (refusal: keyof typeof REFUSALS) => new AwsError('AccessDenied', REFUSALS[refusal])

/** A role owns no device: its id is never a device's principal. */
const findOwnDevice = compiled(
  (db, { account, caller, serialNumber }: OwnDevice) =>
    db
      .selectFrom('mfaDevice')
      .select(['serialNumber', 'kind', 'sealedSeed', 'totpFormat', 'validFrom', 'validUntil'])
      .where('accountId', '=', account)
      .where('serialNumber', '=', serialNumber)
      .where('principalId', '=', caller.id),
  ({ account, caller, serialNumber }) => [account, serialNumber, caller.id],
)

type OwnDevice = Pick<Context, 'account' | 'caller'> & { readonly serialNumber: string }
