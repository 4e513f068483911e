import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTwinlock } from './twinlock.ts'

for (const path of ['/', '/signin/api/state']) {
  test(`${path} is answered to whoever tells a little of itself, and refused to whoever tells too much`, async () => {
    await using twinlock = await startTwinlock()
    const ask = (headers: Record<string, string>) =>
      fetch(new URL(path, twinlock.endpoint), { headers })
    for (const name of ['user-agent', 'referer']) {
      const short = await ask({ [name]: 'x'.repeat(2048) })
      assert.doesNotMatch(await short.text(), /MalformedInput/)
      const long = await ask({ [name]: 'x'.repeat(2049) })
      assert.equal(long.status, 400)
      assert.match(await long.text(), /MalformedInput/)
    }
  })
}
