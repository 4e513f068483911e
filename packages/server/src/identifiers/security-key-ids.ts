// Serial numbers of security keys: `arn:aws:iam::ACCOUNT:u2f/user/NAME/DEVICE-ID`. The `u2f` stays, whatever the key speaks.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html
import type { AccountId } from './account-id.ts'
import type { Random } from './random.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ID_LENGTH = 26

/** Twenty-six characters, 130 bits. */
export const newSecurityKeyId = (random: Random): string =>
  Array.from(random(ID_LENGTH), byte => ALPHABET[byte & 31]).join('')

/** @param userPath the user's path and name, `/team/ana`; undefined of root */
export const securityKeyArn = (
  account: AccountId,
  userPath: string | undefined,
  deviceName: string,
  id: string,
): string =>
  `arn:aws:iam::${account}:u2f/${userPath === undefined ? 'root' : `user${userPath}`}/${deviceName}-${id}`
