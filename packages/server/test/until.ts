// Asks again until the answer is the one that is waited for, and says which it was instead when it never comes.
import assert from 'node:assert/strict'
import { inspect } from 'node:util'

/** The first answer that will do. @throws AssertionError with the last one that will not */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  willDo: (answer: Answer) => boolean,
  { tries = 1000 }: { readonly tries?: number } = {},
): Promise<Answer> {
  let answer = await ask()
  for (let asked = 1; !willDo(answer); asked++) {
    assert.ok(asked < tries, `after ${tries} tries the answer is still ${inspect(answer)}`)
    answer = await ask()
  }
  return answer
}
