import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { isTimestamp, parseAnswer } from './dates.ts'

type Model = {
  readonly shapes: Readonly<
    Record<string, { readonly type?: string; readonly members?: Readonly<Record<string, unknown>> }>
  >
}

/** The members of a model's structures, with the names of their shapes. */
async function membersOf(service: string): Promise<readonly (readonly [string, string])[]> {
  const file = new URL(`../../../protocol/models/${service}.json`, import.meta.url)
  const { shapes } = JSON.parse(await readFile(file, 'utf8')) as Model
  return Object.values(shapes).flatMap(({ members = {} }) =>
    Object.entries(members).map(([name, shape]) => [name, shapeName(shape)] as const),
  )
}

const shapeName = (shape: unknown) =>
  typeof shape === 'string' ? shape : String((shape as { readonly shape?: string }).shape)

for (const service of ['iam', 'sts']) {
  test(`every timestamp of ${service}'s model becomes a date, and nothing that is text`, async () => {
    const members = await membersOf(service)
    const timestamps = members.filter(([, shape]) => shape === 'timestamp')
    assert.ok(timestamps.length > 0)
    for (const [name] of timestamps) assert.ok(isTimestamp(name), name)
    for (const name of ['Value', 'UserName', 'Description', 'ContextKeyValues', 'PolicyDocument']) {
      assert.ok(!isTimestamp(name), name)
    }
  })
}

test('a tag whose value looks like a date stays text, a date becomes one', () => {
  const iso = '2026-01-02T03:04:05.000Z'
  const answer = parseAnswer(`{"User":{"CreateDate":"${iso}","Tags":[{"Value":"${iso}"}]}}`)
  assert.deepEqual(answer, { User: { CreateDate: new Date(iso), Tags: [{ Value: iso }] } })
})

test('what is no ISO 8601 text stays as it is, whatever its name', () => {
  assert.deepEqual(parseAnswer('{"CreateDate":"yesterday","LastUsed":3}'), {
    CreateDate: 'yesterday',
    LastUsed: 3,
  })
})
