// QR codes (ISO/IEC 18004) of short texts: as a PNG, for a terminal, and read back from a PNG.
import { PNG } from 'pngjs'
import { encodeQR } from 'qr'
import { decodeQR } from 'qr/decode.js'
import { FactorsError } from './errors.ts'

/** The margin that ISO/IEC 18004 §9.1 demands. Scanners miss codes that have less. */
const QUIET_ZONE_MODULES = 4
const MODULE_PIXELS = 8

/** The text's QR code as the bytes of a PNG: error correction M, eight pixels a module. */
export function qrPng(text: string): Buffer {
  const rows = modules(text, MODULE_PIXELS)
  const size = rows.length
  const png = new PNG({
    width: size,
    height: size,
    colorType: 0,
    inputColorType: 0,
    inputHasAlpha: false,
  })
  png.data = Buffer.from(rows.flatMap(row => row.map(dark => (dark ? 0 : 255))))
  return PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false })
}

/** Black on white by number: a theme may repaint the sixteen named colours, and an inverted code is read by few scanners. */
const BLACK_ON_WHITE = '\u001B[38;5;16;48;5;231m'
const RESET = '\u001B[0m'

/**
 * The text's QR code as lines of half blocks, two modules in height to a character, with ANSI colours, so that it is dark
 * on light whatever the terminal's theme.
 */
export function qrTerminal(text: string): string {
  const rows = modules(text, 1)
  const lines = rows.flatMap((upper, index) =>
    index % 2 === 0 ? [halfBlocks(upper, rows[index + 1] ?? [])] : [],
  )
  return lines.map(line => `${BLACK_ON_WHITE}${line}${RESET}\n`).join('')
}

/** Far above any screenshot of a screen, far below what would fill the memory. */
const MAX_PIXELS = 40_000_000

/** The reader may try again this long before it gives up on a poor picture. */
const READ_MILLISECONDS = 2000

/**
 * The text of the QR code in a PNG, which may be a screenshot with other things in it.
 * @throws FactorsError `InvalidPng` when these are not the bytes of a PNG, `NoQrCode` when no code is found in it
 */
export function readQrPng(png: Buffer): string {
  const { width, height, data } = readPng(png)
  try {
    return decodeQR(
      { width, height, data: onWhite(data) },
      { format: 'RGBA', timeLimit: READ_MILLISECONDS },
    )
  } catch (cause) {
    throw new FactorsError('NoQrCode', 'There is no readable QR code in this picture.', { cause })
  }
}

/** True where dark, quiet zone included; a module is `scale` values wide and high. */
function modules(text: string, scale: number): boolean[][] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE_MODULES, scale })
}

function halfBlocks(upper: readonly boolean[], lower: readonly boolean[]) {
  const halves = upper.map((dark, column) => {
    if (dark) return lower[column] ? '█' : '▀'
    return lower[column] ? '▄' : ' '
  })
  return halves.join('')
}

function readPng(bytes: Buffer): PNG {
  try {
    // Width and height stand at a fixed place (PNG specification §11.2.1); a few bytes may claim billions of pixels.
    if (bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > MAX_PIXELS)
      throw new RangeError('too many pixels')
    return PNG.sync.read(bytes)
  } catch (cause) {
    throw new FactorsError(
      'InvalidPng',
      'This is not a PNG picture, or it is too large or damaged.',
      { cause },
    )
  }
}

/** The same pixels without transparency: what shines through is paper. */
function onWhite(rgba: Buffer) {
  return rgba.map((value, index) => {
    const alpha = rgba[index - (index % 4) + 3] ?? 255
    return index % 4 === 3 ? 255 : Math.round((value * alpha + 255 * (255 - alpha)) / 255)
  })
}
