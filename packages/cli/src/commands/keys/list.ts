// `twinlock keys list`: the data keys, what each still seals, and whether it can go.
import { readKeyStates } from '@twinlock/server'
import type { KeyState } from '@twinlock/server'
import { command } from '../../command.ts'
import { print } from '../../io.ts'
import { tableOf } from '../../terminal/table.ts'
import { SAME_OPTIONS, STORE_OPTIONS, withKeys } from './key-store.ts'

export const list = command({
  takes: [],
  description: `Lists the data keys: since when each seals, how many secrets at rest it holds, and whether it may
be retired.

${SAME_OPTIONS}`,
  options: { json: { type: 'boolean', help: 'as JSON' }, ...STORE_OPTIONS },
  run: ({ json, ...place }, _, io) =>
    withKeys(place, io, async ({ store }) => {
      const now = io.clock.now()
      const states = await readKeyStates(store.db, now)
      if (json === true) return print(io, JSON.stringify(states, undefined, 2))
      const rows = states.map(state => [
        String(state.keyId),
        state.sealsFrom.toISOString(),
        String(state.sealsAtRest),
        useOf(state, now),
      ])
      print(io, tableOf(['KEY', 'SEALS FROM', 'AT REST', 'USE'], rows))
    }),
})

function useOf({ use, sealsAtRest }: KeyState, now: Date): string {
  switch (use.kind) {
    case 'published':
      return 'is about to seal'
    case 'sealing':
      return 'seals'
    case 'opening':
      if (sealsAtRest > 0 || now < use.settled) return 'opens what it holds at rest'
      if (now < use.sessionsUntil) {
        return `opens session tokens until ${use.sessionsUntil.toISOString()}`
      }
      if (now < use.tokensUntil) return `knows browsers until ${use.tokensUntil.toISOString()}`
      return 'may be retired'
    default:
      return use satisfies never
  }
}
