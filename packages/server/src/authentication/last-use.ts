// When access keys and roles were last used: noted in memory, written in the background, at most once a minute for each.
import type { Store } from '../store/store.ts'
import type { Caller } from './caller.ts'

export type LastUse = {
  readonly note: (caller: Caller, service: string, region: string, now: Date) => void
  /** Writes what is noted. */
  readonly flush: () => Promise<void>
}

type Use = {
  readonly account: string
  readonly kind: 'accessKey' | 'role'
  readonly id: string
  readonly service: string
  readonly region: string
  readonly at: number
}

const PRECISION_MS = 60_000
const MOST_REMEMBERED = 10_000

export function lastUse(store: Store): LastUse {
  const written = new Map<string, number>()
  let noted = new Map<string, Use>()

  return {
    note(caller, service, region, now) {
      const kind = caller.kind === 'role' ? 'role' : 'accessKey'
      if (kind === 'accessKey' && caller.session !== undefined) return
      const id = kind === 'role' ? caller.id : caller.accessKeyId
      const at = now.getTime()
      const key = `${id} ${service} ${region}`
      // The distance: a clock that was set back must not silence it.
      if (Math.abs(at - (written.get(key) ?? 0)) < PRECISION_MS) return
      if (written.size >= MOST_REMEMBERED) written.clear()
      written.set(key, at)
      noted.set(id, { account: caller.account, kind, id, service, region, at })
    },

    async flush() {
      if (noted.size === 0) return
      // In one order on every node, so that none waits for another in a circle.
      const uses = [...noted.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
      noted = new Map()
      await store.unhurried(async tx => {
        for (const { account, kind, id, service, region, at } of uses) {
          if (kind === 'role') {
            await tx
              .updateTable('role')
              .set({ lastUsedDate: at, lastUsedRegion: region })
              .where('accountId', '=', account)
              .where('roleId', '=', id)
              .execute()
          } else {
            await tx
              .updateTable('accessKey')
              .set({ lastUsedDate: at, lastUsedService: service, lastUsedRegion: region })
              .where('accountId', '=', account)
              .where('accessKeyId', '=', id)
              .execute()
          }
        }
      })
    },
  }
}
