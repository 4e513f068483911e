import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { PNG } from 'pngjs'
import { FactorsError } from './errors.ts'
import { otpauthUri } from './otpauth.ts'
import { qrPng, qrTerminal, readQrPng } from './qr.ts'
import { newTotpSeed } from './totp-seed.ts'

const uriOf = (deviceName: string) =>
  otpauthUri({ deviceName, account: '123456789012', seed: newTotpSeed() })

test('a text survives being written as a PNG and read again', () => {
  const text = fc.oneof(
    fc.stringMatching(/^[ -~]{1,200}$/),
    fc.constant('Grüße, 世界'),
    fc.constant(uriOf('x')),
  )
  fc.assert(
    fc.property(text, text => assert.equal(readQrPng(qrPng(text)), text)),
    { numRuns: 20 },
  )
})

test('the picture is square, black on white, eight pixels a module, with a quiet zone of four modules', () => {
  const { width, height, data } = PNG.sync.read(qrPng(uriOf('phone')))
  assert.equal(width, height)
  assert.equal((width / 8 - 8 - 17) % 4, 0, 'a QR code has 17 + 4 · version modules')
  const lightness = (x: number, y: number) => data[(y * width + x) * 4]
  for (let at = 0; at < width; at++) {
    for (const margin of [0, 31, width - 32, width - 1]) {
      assert.equal(lightness(at, margin), 255)
      assert.equal(lightness(margin, at), 255)
    }
  }
  assert.equal(lightness(32, 32), 0, 'the corner of a finder pattern')
  assert.equal(lightness(32 + 7, 32 + 55), 0, 'the finder pattern is seven modules high')
  assert.equal(lightness(32, 32 + 56), 255, 'and has a light separator')
})

test('the zbarimg program reads the picture', context => {
  const missing = spawnSync('zbarimg', ['--version']).error
  if (missing !== undefined) {
    context.skip(
      'NOT CHECKED: no zbarimg on this machine, so no foreign scanner has seen the QR code',
    )
    return
  }
  for (const deviceName of ['p', 'a@b+c=d,e', 'n'.repeat(226)]) {
    const uri = uriOf(deviceName)
    const { stdout } = spawnSync('zbarimg', ['--quiet', '--raw', '-'], { input: qrPng(uri) })
    assert.equal(stdout.toString().trimEnd(), uri)
  }
})

test('a code in the middle of a screenshot is found', () => {
  const uri = uriOf('phone')
  const code = PNG.sync.read(qrPng(uri))
  const screen = new PNG({ width: 1280, height: 800 })
  screen.data.fill(0x60)
  PNG.bitblt(code, screen, 0, 0, code.width, code.height, 411, 97)
  assert.equal(readQrPng(PNG.sync.write(screen)), uri)
})

test('transparent pixels are paper', () => {
  const uri = uriOf('phone')
  const code = PNG.sync.read(qrPng(uri))
  for (let at = 0; at < code.data.length; at += 4) {
    if (code.data[at] === 255) code.data.fill(0, at, at + 4)
  }
  assert.equal(readQrPng(PNG.sync.write(code)), uri)
})

test('a picture without a code is told from bytes that are no picture', () => {
  const blank = new PNG({ width: 64, height: 64 })
  blank.data.fill(255)
  const refusedAs = (code: string) => (error: unknown) =>
    error instanceof FactorsError && error.code === code
  assert.throws(() => readQrPng(PNG.sync.write(blank)), refusedAs('NoQrCode'))

  const whole = qrPng('a')
  const noPictures = [
    Buffer.alloc(0),
    Buffer.from('hello'),
    Buffer.alloc(5000, 'GIF89a'),
    whole.subarray(0, 90),
  ]
  for (const bytes of noPictures) {
    assert.throws(() => readQrPng(bytes), refusedAs('InvalidPng'))
  }
})

test('a small file that claims to be a huge picture is refused before it is unpacked', () => {
  const bomb = Buffer.from(qrPng('a'))
  bomb.writeUInt32BE(0x7f_ff_ff_ff, 16)
  bomb.writeUInt32BE(0x7f_ff_ff_ff, 20)
  assert.throws(() => readQrPng(bomb), { code: 'InvalidPng' })
})

test('damaged pictures are read or refused', () => {
  const picture = qrPng('a')
  const damage = fc.array(fc.tuple(fc.nat(picture.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(damage, damage => {
      const damaged = Buffer.from(picture)
      for (const [at, byte] of damage) damaged[at] = byte
      try {
        readQrPng(damaged)
      } catch (error) {
        assert.ok(error instanceof FactorsError)
      }
    }),
    { numRuns: 30 },
  )
})

test('the terminal shows the modules of the picture, two to a character', () => {
  const uri = uriOf('phone')
  const escape = String.fromCodePoint(0x1b)
  const lines = qrTerminal(uri)
    .trimEnd()
    .split('\n')
    .map(line => line.replaceAll(new RegExp(`${escape}\\[[\\d;]*m`, 'g'), ''))
  const { width, data } = PNG.sync.read(qrPng(uri))
  const isDark = (column: number, row: number) => data[(row * 8 * width + column * 8) * 4] === 0
  const modules = width / 8
  assert.equal(lines.length, Math.ceil(modules / 2))
  for (const [index, line] of lines.entries()) {
    assert.equal(line.length, modules)
    for (let column = 0; column < modules; column++) {
      const character = line.charAt(column)
      assert.equal('█▀'.includes(character), isDark(column, 2 * index))
      const hasLower = 2 * index + 1 < modules
      assert.equal('█▄'.includes(character), hasLower && isDark(column, 2 * index + 1))
    }
  }
})

test('every line of the terminal sets black on white and gives the colours back', () => {
  const escape = String.fromCodePoint(0x1b)
  for (const line of qrTerminal('a').trimEnd().split('\n')) {
    assert.ok(line.startsWith(`${escape}[38;5;16;48;5;231m`))
    assert.ok(line.endsWith(`${escape}[0m`))
  }
})
