// `twinlock mfa enroll`: a user's virtual MFA device, from nothing to the first accepted codes.
import { stripVTControlCharacters } from 'node:util'
import {
  EnableMFADeviceCommand,
  type IAMClient,
  InvalidAuthenticationCodeException,
} from '@aws-sdk/client-iam'
import { parseOtpauthUri, qrTerminal } from '@twinlock/factors'
import { writeSynced } from '../../authenticator/durable-file.ts'
import { type Entry, entryFromUri } from '../../authenticator/entry.ts'
import {
  VAULT_OPTIONS,
  type Vault,
  openVault,
  withEntry,
  withoutEntry,
} from '../../authenticator/vault.ts'
import { Interrupted, Refusal, UsageError } from '../../command-errors.ts'
import { type Values, command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { type Questions, openQuestions } from '../../terminal/questions.ts'
import { shellWord } from '../../terminal/shell-word.ts'
import { type ConsecutiveCodes, codesOfEntry, typedCodes } from './consecutive-codes.ts'
import { ENDPOINT_OPTIONS, awsCliOptions, openEndpoint, ownUserName } from './endpoint.ts'
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
  authenticator: {
    type: 'boolean',
    help: 'put the seed into `twinlock authenticator`, under NAME or the name of the device, and let it type the codes',
  },
  'qr-file': { type: 'string', value: 'FILE', help: 'write the QR code as PNG, to a new file' },
  'show-secret': { type: 'boolean', help: 'show the seed too, for apps without a camera' },
  ...ENDPOINT_OPTIONS,
  ...VAULT_OPTIONS,
} as const

export const enroll = command({
  takes: ['[NAME]'],
  description: `Makes a virtual MFA device, shows its QR code, asks for two consecutive codes of the app that
scanned it, and enables the device; then prints its serial number. If that comes to nothing, the
device is deleted. Works at any endpoint of IAM, AWS included, with the credentials that the AWS
CLI would use. NAME is for --authenticator.`,
  options: OPTIONS,
  run: async (values, [entryName], io) => {
    if (entryName !== undefined && values.authenticator !== true) {
      throw new UsageError(`what is \`${entryName}\`? The name of the device is given with --name.`)
    }
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
      const gone = await discardVirtualDevice(endpoint.iam, device.serialNumber, io)
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

/** The place in the authenticator's vault where the seed goes. */
type Keeper = {
  readonly name: string
  readonly keep: (device: VirtualDevice) => Promise<Entry>
  readonly forget: () => Promise<void>
}

/** @throws Refusal when the vault has the name already, before there is a device to lose */
async function openKeeper(vault: Vault, name: string): Promise<Keeper> {
  const entryOf = ({ uri }: VirtualDevice) => entryFromUri(parseOtpauthUri(uri), name)
  let kept = false
  const entries = await vault.read()
  if (entries.some(entry => entry.name === name)) {
    throw new Refusal(`the authenticator already holds a device \`${name}\`: give another NAME.`)
  }
  return {
    name,
    keep: async device => {
      const entry = entryOf(device)
      await vault.update(entries => withEntry(entry, entries))
      kept = true
      return entry
    },
    forget: async () => {
      if (kept) await vault.update(entries => withoutEntry(name, entries))
    },
  }
}

type Hands = {
  readonly values: Values<typeof OPTIONS>
  readonly keeper: Keeper | undefined
  readonly questions: Questions
  readonly io: Io
}

/** Gives the seed to the one who will have the codes, and tells how to get them. */
async function handOver(
  device: VirtualDevice,
  { values, keeper, questions, io }: Hands,
): Promise<ConsecutiveCodes> {
  if (values['qr-file'] !== undefined) await writeSynced(values['qr-file'], device.qrCodePng)
  if (keeper !== undefined) return codesOfEntry(await keeper.keep(device), io)

  const shown = showQrCode(device.uri, io)
  if (!shown || values['show-secret'] === true) tell(io, `Secret key: ${device.base32StringSeed}`)
  tell(io, 'Type two codes, one after the other, as the app shows them.')
  return typedCodes(questions, io)
}

/** False when there is no terminal to show it on, or a too narrow one. */
function showQrCode(uri: string, io: Io) {
  const picture = qrTerminal(uri)
  const width = stripVTControlCharacters(picture).indexOf('\n')
  if (io.stderr.isTTY !== true || (io.stderr.columns ?? 0) < width) {
    tell(io, `Here is no terminal of ${width} columns to show the QR code on.`)
    return false
  }
  io.stderr.write(picture)
  tell(io, 'Scan the QR code with the authenticator app.')
  return true
}

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
