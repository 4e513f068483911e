// `twinlock keys rotate`: a new data key, and what is at rest under it.
import { newestDataKey, publishDataKey, resealAll } from '@twinlock/server'
import type { KeyStore, RotatedKey } from '@twinlock/server'
import { Interrupted, Refusal } from '../../command-errors.ts'
import { command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { SAME_OPTIONS, STORE_OPTIONS, withKeys } from './key-store.ts'

const RESUME = '`twinlock keys rotate --resume`'

export const rotate = command({
  takes: [],
  description: `Makes a new data key and seals all secrets at rest anew under it. Every server has the key before it
is used: that takes a minute. Older keys still open what they have sealed; \`twinlock keys list\`
says when they can go.

${SAME_OPTIONS}`,
  options: {
    resume: {
      type: 'boolean',
      help: 'make no key, and bring under the newest one what older ones still seal',
    },
    ...STORE_OPTIONS,
  },
  run: ({ resume, ...place }, _, io) =>
    withKeys(place, io, async keys => {
      const key =
        resume === true ? await newestDataKey(keys) : await publishDataKey(keys, io.clock.now())
      if (resume !== true) {
        tell(io, `Key ${key.keyId} is made. It seals from ${key.sealsFrom.toISOString()} on.`)
      }
      await untilSettled(key, io)
      await reseal(keys, key, io)
    }),
})

async function untilSettled({ settled }: RotatedKey, io: Io): Promise<void> {
  const milliseconds = settled.getTime() - io.clock.now().getTime()
  if (milliseconds <= 0) return
  tell(io, `Waiting until every server seals by it (${Math.ceil(milliseconds / 1000)} s).`)
  await io.clock.wait(milliseconds, io.interruption())
  if (io.interruption().aborted) {
    throw new Interrupted(`Interrupted. The key stays, and is used: ${RESUME} goes on.`)
  }
}

/** Between two batches servers have their turn: SQLite has one writer. */
const PAUSE_MS = 20

const LINES_OF_PROGRESS = 20

async function reseal(keys: KeyStore, { keyId }: RotatedKey, io: Io): Promise<void> {
  let state = { resealed: 0, left: 0 }
  let told = 0
  for await (state of resealAll(keys, io.clock.now())) {
    const all = state.resealed + state.left
    if (state.resealed - told >= all / LINES_OF_PROGRESS) {
      if (state.resealed > told) tell(io, `Sealed anew: ${state.resealed} of ${all}.`)
      told = state.resealed
    }
    await io.clock.wait(PAUSE_MS, io.interruption())
    if (io.interruption().aborted) {
      throw new Interrupted(
        `Interrupted. Secrets left under older keys: ${state.left}. ${RESUME} goes on.`,
      )
    }
  }
  const done = `Key ${keyId} seals. Secrets sealed anew: ${state.resealed}.`
  if (state.left === 0) return print(io, done)
  throw new Refusal(
    `${done} ${state.left} are left under older keys: they do not open, or are being changed. Try ${RESUME}.`,
  )
}
