// Runs the tables of vectors/tokens/csv.json, and what no text may do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import vectors from '../../../../vectors/tokens/csv.json' with { type: 'json' }
import { processorMs } from '../../test/processor-time.ts'
import type { ImportedToken } from './imported-token.ts'
import { readTokenCsv } from './token-csv.ts'
import { TokenFileError } from './token-file-error.ts'

const SEED_HEX = '3132333435363738393031323334353637383930'

for (const { title, text, tokens, problems } of vectors.cases) {
  test(title, () => {
    if (tokens !== undefined) assert.deepEqual(readTokenCsv(text).map(plain), tokens)
    else assert.deepEqual(problemsOf(text), problems)
  })
}

/** A token as the vectors write it. */
function plain({ serialNumber, manufacturer, secret, format, driftSteps }: ImportedToken) {
  assert.equal(driftSteps, 0)
  const seedHex = secret.export().toString('hex')
  const named = manufacturer === undefined ? {} : { manufacturer }
  return { serialNumber, ...named, seedHex, ...format }
}

function problemsOf(text: string) {
  try {
    readTokenCsv(text)
  } catch (error) {
    assert.ok(error instanceof TokenFileError)
    assert.equal(error.code, 'InvalidTokenFile')
    return error.problems
  }
  return assert.fail('it was imported')
}

test('whatever is quoted comes back as it was', () => {
  const manufacturer = fc.string({ minLength: 1, maxLength: 60 }).filter(name => {
    return name.trim() === name && !/[\p{Cc}\p{Cs}]/u.test(name)
  })
  const lineEnd = fc.constantFrom('\n', '\r\n')
  fc.assert(
    fc.property(fc.array(manufacturer, { minLength: 1, maxLength: 9 }), lineEnd, (names, end) => {
      const lines = names.map((name, index) => {
        const quoted = `"${name.replaceAll('"', '""')}"`
        return `"GAHT0000${index}",${quoted},${SEED_HEX}`
      })
      const read = readTokenCsv(['serial,manufacturer,seed hex', ...lines].join(end))
      assert.deepEqual(
        read.map(({ manufacturer }) => manufacturer),
        names,
      )
    }),
  )
})

test('any text is read or refused with a TokenFileError, and no value of it is repeated', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(SEED_HEX, 'GAHT00000001', '"', '""', '\r', '6', '__proto__', 'constructor'),
  )
  const line = fc.array(cell, { maxLength: 6 }).map(cells => cells.join(','))
  const text = fc.array(line, { maxLength: 8 }).map(lines => lines.join('\n'))
  const header = fc.constantFrom('serial,seed\n', 'serial,seed hex,digits\n', '')
  fc.assert(
    fc.property(header, text, (header, text) => {
      try {
        readTokenCsv(header + text)
      } catch (error) {
        assert.ok(error instanceof TokenFileError)
        assert.ok(!JSON.stringify([error.message, error.problems]).includes(SEED_HEX))
      }
    }),
    { numRuns: 500 },
  )
})

test('a hostile text of megabytes costs time in proportion to its length', () => {
  const million = 1_000_000
  for (const body of ['"', '""', ',', '\n', '\r', 'a,', '"\n"', 'x\n', '" ', '",']) {
    const began = processorMs()
    assert.throws(
      () => readTokenCsv(`serial,seed\n${body.repeat(million / body.length)}`),
      TokenFileError,
    )
    assert.ok(processorMs() - began < 5000, JSON.stringify(body))
  }
})

test('a file of nothing but errors is answered with the first hundred', () => {
  const text = `serial,seed hex\n${'x,y\n'.repeat(9000)}`
  assert.equal(problemsOf(text).length, 100)
  assert.throws(() => readTokenCsv(text), /line 2: .* There are 8999 more\.$/)
})

test('more than ten thousand tokens, and more than four megabytes, are refused', () => {
  const lines = 'x,y\n'.repeat(10_001)
  assert.match(problemsOf(`serial,seed hex\n${lines}`)[0]?.reason ?? '', /more than 10000/)
  assert.match(problemsOf(' '.repeat(4_200_000))[0]?.reason ?? '', /four megabytes/)
})
