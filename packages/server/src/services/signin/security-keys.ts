// Registering a passkey or security key: two operations around one ceremony of the browser's
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html). AWS asks iam:EnableMFADevice for both, with
// condition keys that tell which it is and, once the key has spoken, how it is certified.
import type { WebAuthnCredential } from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import type { Ceremony, CeremonyPlace } from '../../authentication/security-key-ceremonies.ts'
import {
  beginCeremony,
  findCeremony,
  takeCeremony,
} from '../../authentication/security-key-ceremonies.ts'
import type { RelyingParty, SecurityKeyMetadata } from '../../authentication/security-keys.ts'
import {
  addSecurityKey,
  registrationOptionsFor,
  verifiedCredential,
} from '../../authentication/security-keys.ts'
import type { Context } from '../context.ts'
import { checkRoomForDevice, demandMfaForOwnDevices } from '../iam/mfa-assignments.ts'
import { consoleOperation } from './console-operation.ts'
import { keyHolderOf } from './key-holder.ts'
import { theBrowser } from './sessions.ts'
import { onHolder, theHolder } from './subject.ts'

/** What the ceremonies depend on beside the request. */
export type SecurityKeyHouse = {
  readonly relyingParty: RelyingParty
  readonly metadata: SecurityKeyMetadata
}

/** The operations, for pages of this origin. */
export const securityKeyOperations = ({ relyingParty, metadata }: SecurityKeyHouse) => {
  const credentialOf = (ceremony: Ceremony, response: object, { db, now }: Context) =>
    verifiedCredential(db, ceremony, { response, relyingParty, metadata, now })

  return {
    BeginSecurityKeyRegistration: consoleOperation('BeginSecurityKeyRegistration', {
      changes: true,
      permissions: async ({ UserName }, context) => [
        await onHolder('iam:EnableMFADevice', context, UserName, {
          'iam:RegisterSecurityKey': 'Create',
        }),
      ],
      async perform({ UserName, DeviceName }, context) {
        const { holder, user } = await theHolder(context, UserName)
        await demandMfaForOwnDevices(context, holder)
        await checkRoomForDevice(context, holder)
        const { db, house, now } = context
        const challenge = await beginCeremony(
          db,
          placeOf(context),
          {
            purpose: 'registration',
            principalId: holder.principalId,
            deviceName: DeviceName,
          },
          house.random,
          now,
        )
        const keyHolder = await keyHolderOf(context, user)
        return { Options: await registrationOptionsFor(db, keyHolder, relyingParty, challenge) }
      },
    }),

    RegisterSecurityKey: consoleOperation('RegisterSecurityKey', {
      changes: true,
      async permissions({ UserName, Response }, context) {
        const { db, now } = context
        const ceremony = await findCeremony(db, placeOf(context), 'registration', now)
        const credential = ceremony && (await credentialOf(ceremony, Response, context))
        return [
          await onHolder('iam:EnableMFADevice', context, UserName, {
            'iam:RegisterSecurityKey': 'Activate',
            ...certificationKeys(credential),
          }),
        ]
      },
      // Refusals are returned, not thrown: the challenge is spent by now, and must stay so.
      async perform({ UserName, Response }, context) {
        const { holder, user } = await theHolder(context, UserName)
        await demandMfaForOwnDevices(context, holder)
        await checkRoomForDevice(context, holder)
        const { db, house, now } = context
        const ceremony = await takeCeremony(db, placeOf(context), 'registration', now)
        const { deviceName, principalId } = ceremony ?? {}
        if (ceremony === undefined || !deviceName || principalId !== holder.principalId) {
          return notVerified()
        }
        const credential = await credentialOf(ceremony, Response, context)
        if (credential === undefined) return notVerified()
        const keyHolder = await keyHolderOf(context, user)
        const SerialNumber = await addSecurityKey(
          db,
          keyHolder,
          deviceName,
          credential,
          house.random,
          now,
        )
        if (SerialNumber instanceof AwsError) return SerialNumber
        const Certifications: Readonly<Record<string, string>> = { ...credential.certifications }
        return Object.keys(Certifications).length === 0
          ? { SerialNumber }
          : { SerialNumber, Certifications }
      },
    }),
  }
}

/** A ceremony belongs to one session of one browser. */
function placeOf(context: Context): CeremonyPlace {
  return { account: context.account, boundTo: theBrowser(context).session.sessionId }
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
function certificationKeys(credential: WebAuthnCredential | undefined) {
  const { FIDO, ...fips } = credential?.certifications ?? {}
  return {
    'iam:FIDO-certification': FIDO,
    'iam:FIDO-FIPS-140-2-certification': fips['FIPS-140-2'],
    'iam:FIDO-FIPS-140-3-certification': fips['FIPS-140-3'],
  }
}

const notVerified = () =>
  new AwsError(
    'InvalidAuthenticationCode',
    'The security key could not be verified. Please try again.',
  )
