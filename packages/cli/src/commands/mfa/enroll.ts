// `twinlock mfa enroll`: a user's virtual MFA device, from nothing to the first accepted codes.
import {
  EnableMFADeviceCommand,
  type IAMClient,
  InvalidAuthenticationCodeException,
} from '@aws-sdk/client-iam'
import { VAULT_OPTIONS, openVault } from '../../authenticator/vault.ts'
import { Interrupted, UsageError } from '../../command-errors.ts'
import { type Values, command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { openQuestions } from '../../terminal/questions.ts'
import { shellWord } from '../../terminal/shell-word.ts'
import type { ConsecutiveCodes } from './consecutive-codes.ts'
import { ENDPOINT_OPTIONS, awsCliOptions, openEndpoint, ownUserName } from './endpoint.ts'
import { HAND_OPTIONS, demandHands, handOver } from './hand-over.ts'
import { type Keeper, openKeeper } from './keeper.ts'
import { type VirtualDevice, createVirtualDevice, discardVirtualDevice } from './virtual-device.ts'

const ATTEMPTS = 3

const OPTIONS = {
  name: {
    type: 'string',
    value: 'DEVICE',
    help: 'name of the device (default: the name of the user)',
  },
  'user-name': {
    type: 'string',
    value: 'USER',
    help: 'for whom (default: whose credentials are used)',
  },
  ...HAND_OPTIONS,
  ...ENDPOINT_OPTIONS,
  ...VAULT_OPTIONS,
} as const

export const enroll = command({
  takes: ['[NAME]'],
  description: `Makes a virtual MFA device, shows its QR code, asks for two consecutive codes of the app that
scanned it, and enables the device; then prints its serial number. If that comes to nothing, the
device is deleted, which takes iam:DeleteVirtualMFADevice: who lacks it has the app at hand before
beginning. Works at any endpoint of IAM, AWS included, with the credentials that the AWS CLI would
use. NAME is for --authenticator.`,
  options: OPTIONS,
  run: async (values, [entryName], io) => {
    if (entryName !== undefined && values.authenticator !== true) {
      throw new UsageError(`what is \`${entryName}\`? The name of the device is given with --name.`)
    }
    demandHands(values, io)
    const vault = values.authenticator === true ? openVault(values, io) : undefined
    // Before anything else reads stdin, and before there is a device to lose.
    await vault?.unlock()

    using questions = openQuestions(io)
    using endpoint = await openEndpoint(values, questions)
    const userName = values['user-name'] ?? (await ownUserName(endpoint))
    const deviceName = values.name ?? userName
    const keeper = vault && (await openKeeper(vault, entryName ?? deviceName))

    // From here on Ctrl-C must not leave a device behind.
    const interruption = io.interruption()
    const device = await createVirtualDevice(endpoint.iam, deviceName)
    try {
      if (interruption.aborted) throw new Interrupted('No device was enabled.')
      const codes = await handOver(device, { values, keeper, questions, io })
      await enable(endpoint.iam, { userName, serialNumber: device.serialNumber, codes, io })
    } catch (error) {
      // A seed is forgotten only once it is certain that nobody will be asked for its codes.
      const gone = await discardVirtualDevice(endpoint.iam, device.serialNumber, { values, io })
      if (gone) await keeper?.forget()
      throw error
    }
    tell(
      io,
      `Enabled for ${userName}. A session with MFA:`,
      '',
      nextCommand(device, keeper, values),
      '',
    )
    print(io, device.serialNumber)
  },
})

type Enabling = {
  readonly userName: string
  readonly serialNumber: string
  readonly codes: ConsecutiveCodes
  readonly io: Io
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html, with another try for typing errors */
async function enable(iam: IAMClient, { userName, serialNumber, codes, io }: Enabling) {
  for (let left = ATTEMPTS - 1; ; left--) {
    const [AuthenticationCode1, AuthenticationCode2] = await codes()
    try {
      const SerialNumber = serialNumber
      const UserName = userName
      await iam.send(
        new EnableMFADeviceCommand({
          UserName,
          SerialNumber,
          AuthenticationCode1,
          AuthenticationCode2,
        }),
      )
      return
    } catch (error) {
      if (!(error instanceof InvalidAuthenticationCodeException) || left === 0) throw error
      tell(io, `${error.message} ${left === 1 ? 'One try is left.' : `${left} tries are left.`}`)
    }
  }
}

function nextCommand(
  { serialNumber }: VirtualDevice,
  keeper: Keeper | undefined,
  values: Values<typeof OPTIONS>,
) {
  const code =
    keeper === undefined ? 'CODE' : `"$(twinlock authenticator code ${shellWord(keeper.name)})"`
  return [
    '  aws sts get-session-token --serial-number',
    shellWord(serialNumber),
    '--token-code',
    code,
    ...awsCliOptions(values),
  ].join(' ')
}
