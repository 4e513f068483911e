// Every vector of the linter; every code has an example, a near miss and a chapter of the guide.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { CODES, type FindingCode, lintPolicy, parsePolicy } from '../src/index.ts'
import { lintAccountVectors } from './lint-account-vectors.ts'
import { GUIDE, renderGuide } from './lint-guide.ts'
import { lintVectors, optionsOf, pointedAt } from './lint-vectors.ts'

for (const [name, { title, cases }] of lintVectors()) {
  describe(`${name}: ${title}`, () => {
    for (const one of cases) {
      test(one.title, () => {
        const text = one.text.join('\n')
        const found = lintPolicy(text, optionsOf(one))
        assert.deepEqual(
          found.map(finding => ({
            code: finding.code,
            severity: finding.severity,
            at: pointedAt(one.text, finding),
          })),
          one.findings,
        )
        const { code, nearMissOf, fixed } = one
        assert.ok(code === undefined || found.some(finding => finding.code === code))
        assert.ok(!found.some(finding => finding.code === nearMissOf))
        const fix = found.find(finding => finding.code === code)?.fix
        assert.deepEqual(fix?.split('\n'), fixed)
        if (fix !== undefined) parsePolicy(fix, one.kind, { managed: one.managed ?? false })
      })
    }
  })
}

test('every code has an example and a near miss', () => {
  const cases = [...lintVectors().flatMap(([, vectors]) => vectors.cases), ...lintAccountVectors()]
  const codes = Object.keys(CODES) as FindingCode[]
  assert.deepEqual(
    codes.filter(code => !cases.some(one => one.code === code)),
    [],
    'without an example',
  )
  assert.deepEqual(
    codes.filter(code => !cases.some(one => one.nearMissOf === code)),
    [],
    'without a near miss',
  )
})

test("AWS's own policies for people with MFA have neither errors nor warnings", () => {
  const published = lintVectors().find(([name]) => name === 'published.json')?.[1].cases ?? []
  const own = published.filter(({ title }) => title.startsWith('AWS: '))
  assert.equal(own.length, 3)
  for (const one of own) {
    const found = lintPolicy(one.text.join('\n'), optionsOf(one))
    assert.deepEqual(
      found.filter(({ severity }) => severity !== 'info'),
      [],
      one.title,
    )
  }
})

test('the guide is what the linter says (node packages/policy/test/lint-guide.ts writes it)', () => {
  assert.equal(readFileSync(GUIDE, 'utf8'), renderGuide())
})
