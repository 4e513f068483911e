// RFC 6030's figures, files as vendors write them, and what none may do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import rfc6030 from '../../../../vectors/tokens/rfc6030.json' with { type: 'json' }
import {
  cipherData,
  derivedKey,
  encryptedPskc,
  keyPackage,
  plainPskc,
  pskcContainer,
} from '../../test/pskc-file.ts'
import { processorMs } from '../../test/processor-time.ts'
import type { PskcToken } from '../../test/pskc-file.ts'
import { FactorsError } from '../errors.ts'
import type { ImportedToken } from './imported-token.ts'
import { readPskc } from './pskc.ts'
import type { PskcKey } from './pskc-encryption.ts'
import { TokenFileError } from './token-file-error.ts'

const SEED = Buffer.from(rfc6030.secretAscii)
const TOKEN: PskcToken = { serialNumber: '987654321', manufacturer: 'oath.AB', seed: SEED }
const SHA256_8_60 = '<Suite>HMAC-SHA256</Suite><ResponseFormat Length="8" Encoding="DECIMAL"/>'

const seedOf = ({ secret }: ImportedToken) => secret.export()

/** The first reason for which a file is refused. */
async function reasonOf(text: string, key?: PskcKey) {
  const error = await refusalOf(text, key)
  assert.ok(error instanceof TokenFileError, error.message)
  return error.problems[0]?.reason
}

async function refusalOf(text: string, key?: PskcKey): Promise<FactorsError> {
  try {
    await readPskc(text, key)
  } catch (error) {
    assert.ok(error instanceof FactorsError, String(error))
    const told = JSON.stringify([error.message, error])
    assert.ok(!told.includes(rfc6030.plain.plainValue) && !told.includes(rfc6030.secretAscii))
    return error
  }
  return assert.fail('it was imported')
}

test(`RFC 6030 ${rfc6030.plain.section}: a plain value is the seed`, async () => {
  const secret = `<PlainValue>${rfc6030.plain.plainValue}</PlainValue>`
  const [token] = await readPskc(pskcContainer(keyPackage(TOKEN, secret)))
  assert.ok(token)
  assert.deepEqual(seedOf(token), SEED)
  assert.equal(token.serialNumber, '987654321')
  assert.equal(token.manufacturer, 'oath.AB')
  assert.deepEqual(token.format, { algorithm: 'sha1', digits: 6, periodSeconds: 30 })
  assert.equal(token.driftSteps, 0)
})

for (const figure of rfc6030.encrypted) {
  const { encryptionKey, encryptionMethod } = figure
  const { preSharedKeyHex, passphrase } = encryptionKey
  const key: PskcKey =
    preSharedKeyHex === undefined
      ? { passphrase: passphrase ?? '' }
      : { preSharedKey: Buffer.from(preSharedKeyHex, 'hex') }
  const opened =
    preSharedKeyHex === undefined
      ? derivedKey(Buffer.from(encryptionKey.salt ?? '', 'base64'), 1000, 16, '<PRF/>')
      : '<ds:KeyName>Pre-shared-key</ds:KeyName>'
  const cipherOf = (text: string) => cipherData(encryptionMethod, Buffer.from(text, 'base64'))
  const text = pskcContainer(`<EncryptionKey>${opened}</EncryptionKey>
    <MACMethod Algorithm="${figure.macMethod}"><MACKey>${cipherOf(figure.macKey)}</MACKey></MACMethod>
    ${keyPackage(
      TOKEN,
      `<EncryptedValue>${cipherOf(figure.cipherValue)}</EncryptedValue><ValueMAC>${figure.valueMac}</ValueMAC>`,
    )}`)

  test(`RFC 6030 ${figure.section}: ${figure.title}`, async () => {
    const [token] = await readPskc(text, key)
    assert.ok(token)
    assert.deepEqual(seedOf(token), SEED)
  })

  test(`RFC 6030 ${figure.section}: without the key, with another, or with a changed MAC it does not open`, async () => {
    const another: readonly (PskcKey | undefined)[] = [
      undefined,
      { passphrase: 'qwertz' },
      { preSharedKey: Buffer.alloc(16, 1) },
      { preSharedKey: Buffer.alloc(32, 1) },
    ]
    for (const key of another) {
      assert.equal((await refusalOf(text, key)).code, 'WrongTokenFileKey')
    }
    const forged = text.replace(figure.valueMac, Buffer.alloc(20).toString('base64'))
    assert.equal((await refusalOf(forged, key)).code, 'WrongTokenFileKey')
    const shorter = text.replace(figure.valueMac, 'AAAA')
    assert.equal((await refusalOf(shorter, key)).code, 'WrongTokenFileKey')
  })
}

test('what is encrypted by any cipher, MAC and kind of key comes back', async () => {
  for (const bits of [128, 192, 256] as const) {
    for (const mac of ['sha1', 'sha256', 'sha512'] as const) {
      const preSharedKey = Buffer.alloc(bits / 8, 7)
      for (const macKey of [undefined, Buffer.alloc(32, 9)]) {
        const wrapped = macKey === undefined ? {} : { macKey }
        const text = encryptedPskc([TOKEN], { bits, mac, key: preSharedKey, ...wrapped })
        const [token] = await readPskc(text, { preSharedKey })
        assert.ok(token)
        assert.deepEqual(seedOf(token), SEED)
      }
      const key = { passphrase: 'correct horse', iterations: 100 }
      const [token] = await readPskc(encryptedPskc([TOKEN], { bits, mac, key }), key)
      assert.ok(token)
      assert.deepEqual(seedOf(token), SEED)
    }
  }
})

test('any change of a cipher text is found by its MAC', async () => {
  const preSharedKey = Buffer.alloc(16, 7)
  const text = encryptedPskc([TOKEN], { bits: 128, mac: 'sha256', key: preSharedKey })
  const value = /<xenc:CipherValue>\s*(\S+)/.exec(text)?.[1] ?? ''
  const bytes = Buffer.from(value, 'base64')
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, bits) => {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ bits
        const forged = text.replace(value, changed.toString('base64'))
        assert.equal((await refusalOf(forged, { preSharedKey })).code, 'WrongTokenFileKey')
      },
    ),
    { numRuns: 40 },
  )
})

test('digits, hash function, period and drift are those of the file', async () => {
  const values = `<TimeInterval><PlainValue>60</PlainValue></TimeInterval>
    <Time><PlainValue>0</PlainValue></Time><TimeDrift><PlainValue>-4</PlainValue></TimeDrift>`
  const [token] = await readPskc(plainPskc([{ ...TOKEN, parameters: SHA256_8_60, values }]))
  assert.deepEqual(token?.format, { algorithm: 'sha256', digits: 8, periodSeconds: 60 })
  assert.equal(token?.driftSteps, -4)
})

test('the dates of device and policy hold both', async () => {
  const device =
    '<StartDate>2024-01-01T00:00:00Z</StartDate><ExpiryDate>2030-01-01T00:00:00Z</ExpiryDate>'
  const policy = `<StartDate>2023-01-01T00:00:00Z</StartDate><ExpiryDate>2029-06-30T12:00:00+02:00</ExpiryDate>
    <KeyUsage>OTP</KeyUsage><PINPolicy PINUsageMode="Local" MinLength="4"/>`
  const [token] = await readPskc(plainPskc([{ ...TOKEN, device, policy }]))
  assert.deepEqual(token?.startDate, new Date('2024-01-01T00:00:00Z'))
  assert.deepEqual(token?.expiryDate, new Date('2029-06-30T10:00:00Z'))
})

test('a file holds many tokens, and a token many elements that do not matter here', async () => {
  const tokens = Array.from({ length: 500 }, (_, index) => ({
    ...TOKEN,
    serialNumber: `GAHT${String(index).padStart(8, '0')}`,
    device: '<Model>Token</Model><UserId>CN=x</UserId>',
  }))
  const text = `\uFEFF${plainPskc(tokens)}<!-- the end -->`
  const read = await readPskc(text)
  assert.deepEqual(
    read.map(({ serialNumber }) => serialNumber),
    tokens.map(({ serialNumber }) => serialNumber),
  )
})

const plain = (value: string) => `<PlainValue>${value}</PlainValue>`
const secret = plain(rfc6030.plain.plainValue)
const decimal = (attributes: string) => `<ResponseFormat ${attributes}/>`

const REFUSED: readonly (readonly [title: string, reason: RegExp, text: string])[] = [
  [
    'counted codes',
    /HOTP/,
    plainPskc([{ ...TOKEN, algorithm: 'urn:ietf:params:xml:ns:keyprov:pskc:hotp' }]),
  ],
  ['another profile', /no key for time-based/, plainPskc([{ ...TOKEN, algorithm: 'x' }])],
  [
    'a challenge',
    /challenges/,
    plainPskc([{ ...TOKEN, parameters: '<ChallengeFormat Encoding="DECIMAL" Min="6" Max="8"/>' }]),
  ],
  [
    'seven digits',
    /6 or 8 digits/,
    plainPskc([{ ...TOKEN, parameters: decimal('Length="7" Encoding="DECIMAL"') }]),
  ],
  [
    'no length',
    /6 or 8 digits/,
    plainPskc([{ ...TOKEN, parameters: decimal('Encoding="DECIMAL"') }]),
  ],
  [
    'letters',
    /not decimal/,
    plainPskc([{ ...TOKEN, parameters: decimal('Length="6" Encoding="ALPHANUMERIC"') }]),
  ],
  [
    'a check digit',
    /check digit/,
    plainPskc([
      { ...TOKEN, parameters: decimal('Length="6" Encoding="DECIMAL" CheckDigits="true"') },
    ]),
  ],
  [
    'another hash',
    /SHA1, SHA256/,
    plainPskc([{ ...TOKEN, parameters: '<Suite>HMAC-MD5</Suite>' }]),
  ],
  [
    '45 seconds',
    /30 or 60/,
    plainPskc([{ ...TOKEN, values: `<TimeInterval>${plain('45')}</TimeInterval>` }]),
  ],
  ['another origin', /epoch/, plainPskc([{ ...TOKEN, values: `<Time>${plain('100')}</Time>` }])],
  [
    'an encrypted drift',
    /no element PlainValue/,
    plainPskc([{ ...TOKEN, values: '<TimeDrift><EncryptedValue/></TimeDrift>' }]),
  ],
  [
    'a drift out of reach',
    /drift/,
    plainPskc([{ ...TOKEN, values: `<TimeDrift>${plain('1500')}</TimeDrift>` }]),
  ],
  [
    'a policy nobody knows',
    /NumberOfUses cannot be kept/,
    plainPskc([{ ...TOKEN, policy: '<NumberOfUses>5</NumberOfUses>' }]),
  ],
  [
    'a count of uses',
    /NumberOfTransactions/,
    plainPskc([{ ...TOKEN, policy: '<NumberOfTransactions>5</NumberOfTransactions>' }]),
  ],
  [
    'a PIN within the code',
    /PINPolicy/,
    plainPskc([{ ...TOKEN, policy: '<PINPolicy PINUsageMode="Append"/>' }]),
  ],
  [
    'a key for something else',
    /one-time passwords/,
    plainPskc([{ ...TOKEN, policy: '<KeyUsage>Encrypt</KeyUsage>' }]),
  ],
  ['no date', /xs:dateTime/, plainPskc([{ ...TOKEN, device: '<StartDate>yesterday</StartDate>' }])],
  [
    'the 41st of February',
    /xs:dateTime/,
    plainPskc([{ ...TOKEN, device: '<StartDate>2024-02-41T00:00:00Z</StartDate>' }]),
  ],
  ['a serial number too short', /serial number/, plainPskc([{ ...TOKEN, serialNumber: '1234' }])],
  ['the same serial number twice', /that of key package 1/, plainPskc([TOKEN, TOKEN])],
  ['a seed of four bytes', /16 to 128 bytes/, plainPskc([{ ...TOKEN, seed: Buffer.from('1234') }])],
  [
    'no seed',
    /no element Secret/,
    pskcContainer(keyPackage(TOKEN, '').replace('<Secret></Secret>', '')),
  ],
  ['a secret without a value', /either plain or encrypted/, pskcContainer(keyPackage(TOKEN, ''))],
  [
    'two secrets',
    /two elements Secret/,
    plainPskc([{ ...TOKEN, values: `<Secret>${secret}</Secret>` }]),
  ],
  ['a seed that is no Base64', /not Base64/, pskcContainer(keyPackage(TOKEN, plain('****')))],
  [
    'encryption without a key',
    /no key named/,
    pskcContainer(keyPackage(TOKEN, '<EncryptedValue/>')),
  ],
  ['no key packages', /^$/, pskcContainer('')],
  ['no PSKC', /not a PSKC/, '<a/>'],
  ['another version', /version/, pskcContainer('').replace('Version="1.0"', 'Version="2.0"')],
  ['a document type', /document type/, `<!DOCTYPE a [<!ENTITY e "x">]>${pskcContainer('')}`],
  ['an entity', /well-formed/, pskcContainer('&e;')],
  ['an unclosed element', /well-formed/, '<a><b></a>'],
  ['no XML', /well-formed/, 'serial,seed'],
  ['nothing', /well-formed/, ''],
  ['an X.509 key', /neither/, pskcContainer(`<EncryptionKey><ds:X509Data/></EncryptionKey>`)],
]

for (const [title, reason, text] of REFUSED) {
  test(`refused: ${title}`, async () => {
    assert.match((await reasonOf(text)) ?? '', reason)
  })
}

test('encryption without MACs is refused, whatever the key', async () => {
  const preSharedKey = Buffer.alloc(16, 7)
  const text = encryptedPskc([TOKEN], { bits: 128, mac: 'sha1', key: preSharedKey })
  const withoutMethod = text.replace(/<MACMethod.*<\/MACMethod>/, '')
  assert.match((await reasonOf(withoutMethod, { preSharedKey })) ?? '', /without MACs/)
  const withoutMac = text.replace(/<ValueMAC>.*<\/ValueMAC>/, '')
  assert.match((await reasonOf(withoutMac, { preSharedKey })) ?? '', /no ValueMAC/)
})

test('a passphrase that would be stretched for minutes is not', async () => {
  const passphrase = 'qwerty'
  const text = encryptedPskc([TOKEN], {
    bits: 128,
    mac: 'sha1',
    key: { passphrase, iterations: 9 },
  })
  for (const count of ['2000001', '999999999999', '0', '-1', '1e9', '']) {
    const costly = text.replace('<IterationCount>9<', `<IterationCount>${count}<`)
    assert.match((await reasonOf(costly, { passphrase })) ?? '', /IterationCount/)
  }
})

test('bad key packages are named, all of them, and nothing is imported', async () => {
  const bad = { ...TOKEN, algorithm: 'x' }
  const error = await refusalOf(
    plainPskc([TOKEN, bad, { ...TOKEN, serialNumber: 'GAHT00000001' }, bad]),
  )
  assert.ok(error instanceof TokenFileError)
  assert.deepEqual(
    error.problems.map(({ place }) => place),
    ['key package 2', 'key package 4'],
  )
})

test('nesting, elements and length are bounded before anything is parsed', async () => {
  const deep = `${'<a xmlns:p="u">'.repeat(40)}${'</a>'.repeat(40)}`
  assert.match((await reasonOf(deep)) ?? '', /nested too deeply/)
  assert.match((await reasonOf(`<a b="/>">`.repeat(40))) ?? '', /nested too deeply/)
  assert.match((await reasonOf(`<a>${'<b/>'.repeat(100_001)}</a>`)) ?? '', /too many elements/)
  assert.match((await reasonOf(' '.repeat(2 ** 21 + 1))) ?? '', /two megabytes/)
})

test('a hostile text of a megabyte costs time in proportion to its length', async () => {
  const million = 1_000_000
  const bodies = [
    '<',
    '<a',
    '<a>',
    '<a ',
    '<a b="',
    '<!--',
    '<!-- -->',
    '<![CDATA[',
    '<?',
    '</',
    '&',
    '>',
    '"',
    '&lt;',
    ' ',
    'a:',
  ]
  for (const body of bodies) {
    const began = processorMs()
    for (const text of [
      body.repeat(million / body.length),
      `<r>${body.repeat(million / body.length)}</r>`,
    ]) {
      await refusalOf(text)
    }
    assert.ok(processorMs() - began < 6000, body)
  }
})

test('whatever is done to a file, it is read or refused with a FactorsError that tells no secret', async () => {
  const good = encryptedPskc([TOKEN, { ...TOKEN, serialNumber: 'GAHT00000001' }], {
    bits: 128,
    mac: 'sha1',
    key: { passphrase: 'qwerty', iterations: 2 },
  })
  const files = [good, plainPskc([{ ...TOKEN, parameters: SHA256_8_60 }])]
  const piece = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom('<', '>', '"', '&', '<a>', '</Key>', ']]>'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.nat(),
      fc.nat(60),
      piece,
      async (file, at, length, piece) => {
        const start = at % file.length
        const changed = file.slice(0, start) + piece + file.slice(start + length)
        await readPskc(changed, { passphrase: 'qwerty' }).catch((error: unknown) => {
          assert.ok(error instanceof FactorsError, String(error))
          assert.ok(!error.message.includes(rfc6030.plain.plainValue))
        })
      },
    ),
    { numRuns: 400 },
  )
})
