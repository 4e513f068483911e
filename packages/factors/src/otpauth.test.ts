import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decodeBase32, encodeBase32 } from './base32.ts'
import { FactorsError } from './errors.ts'
import { otpauthUri, parseOtpauthUri } from './otpauth.ts'
import { totpCode } from './totp.ts'

const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test('the URI has the layout of a QR code that AWS made', () => {
  assert.equal(
    otpauthUri({ deviceName: 'phone', account: '123456789012', seed }),
    `otpauth://totp/Amazon%20Web%20Services:phone@123456789012?secret=${seed}&issuer=Amazon%20Web%20Services`,
  )
})

test('an alias may stand for the account, and an operator may name another issuer', () => {
  assert.equal(
    otpauthUri({ deviceName: 'phone', account: 'my-alias', seed, issuer: 'Twinlock & Co' }),
    `otpauth://totp/Twinlock%20%26%20Co:phone@my-alias?secret=${seed}&issuer=Twinlock%20%26%20Co`,
  )
})

test('an @ in the name stays literal, and what would break a URI is encoded', () => {
  assert.equal(
    otpauthUri({ deviceName: 'a@b+c=d,e', account: '123456789012', seed }).split('?')[0],
    'otpauth://totp/Amazon%20Web%20Services:a@b%2Bc%3Dd%2Ce@123456789012',
  )
})

test('what is written can be read again', () => {
  const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/)
  const issuer = fc
    .stringMatching(/^[^:]{1,20}$/u)
    .filter(text => text === text.trim() && text.isWellFormed())
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 })
  fc.assert(
    fc.property(name, name, issuer, bytes, (deviceName, account, issuer, bytes) => {
      const uri = otpauthUri({ deviceName, account, issuer, seed: encodeBase32(bytes) })
      const { secret, ...rest } = parseOtpauthUri(uri)
      assert.deepEqual(new Uint8Array(secret.export()), bytes)
      assert.deepEqual(rest, {
        issuer,
        accountName: `${deviceName}@${account}`,
        algorithm: 'sha1',
        digits: 6,
        periodSeconds: 30,
      })
    }),
  )
})

test('the secret that was read makes the codes', () => {
  const { secret } = parseOtpauthUri(`otpauth://totp/x?secret=${seed.toLowerCase()}`)
  assert.equal(totpCode(secret, 1), '287082')
  assert.deepEqual(secret.export(), decodeBase32(seed))
})

const VARIANTS = [
  { uri: 'otpauth://totp/alice', issuer: undefined, accountName: 'alice' },
  {
    uri: 'otpauth://totp/Acme:alice@example.com',
    issuer: 'Acme',
    accountName: 'alice@example.com',
  },
  { uri: 'otpauth://totp/Acme%20Co%3A%20alice', issuer: 'Acme Co', accountName: 'alice' },
  { uri: 'otpauth://totp/Acme Co: alice', issuer: 'Acme Co', accountName: 'alice' },
  { uri: 'OTPAUTH://TOTP/alice?issuer=Acme+Co', issuer: 'Acme Co', accountName: 'alice' },
  { uri: 'otpauth://totp/Old:alice?issuer=New', issuer: 'New', accountName: 'alice' },
  { uri: 'otpauth://totp/', issuer: undefined, accountName: '' },
]

for (const { uri, issuer, accountName } of VARIANTS) {
  test(`${uri} is ${accountName || 'nobody'} at ${issuer ?? 'no issuer'}`, () => {
    const read = parseOtpauthUri(`${uri}${uri.includes('?') ? '&' : '?'}secret=${seed}`)
    assert.equal(read.issuer, issuer)
    assert.equal(read.accountName, accountName)
  })
}

test('algorithm, digits and period are read', () => {
  const uri = `otpauth://totp/x?secret=${seed}&algorithm=sha-256&digits=8&period=60`
  const { algorithm, digits, periodSeconds } = parseOtpauthUri(uri)
  assert.deepEqual(
    { algorithm, digits, periodSeconds },
    { algorithm: 'sha256', digits: 8, periodSeconds: 60 },
  )
})

const REFUSED = [
  { uri: `https://example.com/?secret=${seed}`, says: /begin with otpauth/ },
  { uri: seed, says: /begin with otpauth/ },
  { uri: '', says: /begin with otpauth/ },
  { uri: `otpauth://hotp/x?secret=${seed}&counter=0`, says: /time-based/ },
  { uri: 'otpauth://totp/x', says: /no secret/ },
  { uri: 'otpauth://totp/x?secret=', says: /no secret/ },
  { uri: 'otpauth://totp/x?secret=SECRET189', says: /Base32/ },
  { uri: `otpauth://totp/%E0%A4%A?secret=${seed}`, says: /percent/ },
  { uri: `otpauth://totp/x?secret=${seed}&algorithm=MD5`, says: /algorithm/ },
  { uri: `otpauth://totp/x?secret=${seed}&digits=5`, says: /digits/ },
  { uri: `otpauth://totp/x?secret=${seed}&period=0`, says: /period/ },
  { uri: `otpauth://totp/x?secret=${seed}&period=1e3`, says: /period/ },
  { uri: `otpauth://totp/x?secret=${seed}&period=3601`, says: /period/ },
]

for (const { uri, says } of REFUSED) {
  test(`'${uri}' is refused with a reason that does not repeat the secret`, () => {
    assert.throws(
      () => parseOtpauthUri(uri),
      (error: unknown) => {
        assert.ok(error instanceof FactorsError)
        assert.match(error.message, says)
        assert.doesNotMatch(error.message, /GEZDG|SECRET189/)
        return true
      },
    )
  })
}

test('whatever the text, it is read or refused', () => {
  const name = fc.constantFrom('secret', 'issuer', 'digits', 'period', 'algorithm', 'x')
  const value = fc.oneof(fc.string(), fc.constantFrom(seed, '6', '30', 'SHA1', '%', '%00'))
  const query = fc.array(fc.tuple(name, value).map(pair => pair.join('=')))
  const uri = fc
    .tuple(fc.string(), query)
    .map(([label, parameters]) => `otpauth://totp/${label}?${parameters.join('&')}`)
  fc.assert(
    fc.property(fc.oneof(fc.string(), uri), text => {
      try {
        assert.ok(parseOtpauthUri(text).secret)
      } catch (error) {
        assert.ok(error instanceof FactorsError)
      }
    }),
  )
})
