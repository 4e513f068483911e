// How a new device's seed gets to the one who will have the codes: as a QR code, into the authenticator, or as text for who asks.
import { stripVTControlCharacters } from 'node:util'
import { qrTerminal } from '@twinlock/factors'
import { writeSynced } from '../../authenticator/durable-file.ts'
import { Refusal } from '../../command-errors.ts'
import type { Options, Values } from '../../command.ts'
import { type Io, tell } from '../../io.ts'
import type { Questions } from '../../terminal/questions.ts'
import { type ConsecutiveCodes, codesOfEntry, typedCodes } from './consecutive-codes.ts'
import type { Keeper } from './keeper.ts'
import type { VirtualDevice } from './virtual-device.ts'

export const HAND_OPTIONS = {
  authenticator: {
    type: 'boolean',
    help: 'put the seed into `twinlock authenticator`, under NAME or the name of the device, and let it type the codes',
  },
  'qr-file': { type: 'string', value: 'FILE', help: 'write the QR code as PNG, to a new file' },
  'show-secret': { type: 'boolean', help: 'show the seed too, for apps without a camera' },
} as const satisfies Options

/** A log is no place for a seed, so without a terminal somebody has to say where it goes: before there is a device to lose. */
export function demandHands(values: Values<typeof HAND_OPTIONS>, io: Io) {
  const { authenticator, 'qr-file': file, 'show-secret': showSecret } = values
  const named = [authenticator, file, showSecret].some(given => given !== undefined)
  if (named || io.stderr.isTTY === true) return
  throw new Refusal(`here is no terminal to show a QR code on: ${GIVE_HANDS}`)
}

const GIVE_HANDS = 'give --qr-file, --authenticator or --show-secret.'

type Hands = {
  readonly values: Values<typeof HAND_OPTIONS>
  readonly keeper: Keeper | undefined
  readonly questions: Questions
  readonly io: Io
}

/** Gives the seed to the one who will have the codes, and tells how to get them. */
export async function handOver(
  device: VirtualDevice,
  { values, keeper, questions, io }: Hands,
): Promise<ConsecutiveCodes> {
  const { 'qr-file': file, 'show-secret': showSecret } = values
  if (file !== undefined) await writeSynced(file, device.qrCodePng)
  if (keeper !== undefined) return codesOfEntry(await keeper.keep(device), io)

  const shown = showQrCode(device.uri, io)
  if (file !== undefined) tell(io, `The QR code is in ${file}.`)
  if (showSecret === true) tell(io, `Secret key: ${device.base32StringSeed}`)
  else if (!shown && file === undefined) {
    throw new Refusal(`this terminal is too narrow for the QR code: widen it, or ${GIVE_HANDS}`)
  }
  tell(io, 'Type two codes, one after the other, as the app shows them.')
  return typedCodes(questions, io)
}

/** False when there is no terminal to show it on, or a too narrow one. */
function showQrCode(uri: string, io: Io) {
  const picture = qrTerminal(uri)
  const width = stripVTControlCharacters(picture).indexOf('\n')
  if (io.stderr.isTTY !== true || (io.stderr.columns ?? 0) < width) return false
  io.stderr.write(picture)
  tell(io, 'Scan the QR code with the authenticator app.')
  return true
}
