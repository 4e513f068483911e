// The keyring of a running node: that of the store, looked at again and again, so that keys come and go without a restart. How often
// depends on the time alone, never on what somebody presents: made-up key ids cost nothing.
import type { Clock } from '../clock.ts'
import { ConfigError } from '../config.ts'
import type { Random } from '../identifiers/random.ts'
import type { Store } from '../store/store.ts'
import type { StoredKey } from './data-keys.ts'
import { keyringAt, makeFirstKeys, readDataKeys, sealingAt } from './data-keys.ts'
import { KEYRING_TRUSTED_MS, KEY_CHECK_MS } from './key-times.ts'
import type { Keyring } from './keyring.ts'

/** INVARIANT: it seals by nothing that was not compared with the store in the last KEYRING_TRUSTED_MS. */
export type LiveKeyring = Keyring & {
  /**
   * Looks for keys that came or went when the last look is KEY_CHECK_MS old.
   * @throws ConfigError when there is one that the master key does not open
   */
  readonly refresh: (now: Date) => Promise<void>
  /** What `make` makes, made anew when keys came or went: nothing is remembered that a retired key has sealed. */
  readonly whileItStands: <Value>(make: () => Value) => () => Value
}

type LiveKeyringParts = {
  readonly masterKey: Buffer
  /** Reads the master key's file, which may hold another one by now. */
  readonly readAgain: () => Buffer
  readonly random: Random
  readonly clock: Clock
}

/** @throws ConfigError when the master key is not the one that sealed the data keys */
export async function openLiveKeyring(
  store: Store,
  { masterKey: first, readAgain, random, clock }: LiveKeyringParts,
): Promise<LiveKeyring> {
  let masterKey = first
  await makeFirstKeys(store, masterKey, random, clock.now())
  let keys = await readDataKeys(store.db, masterKey, random)
  let ring = keyringAt(keys, random, clock.now())
  let sealing = sealingAt(keys, clock.now())
  let lookedAt = clock.now().getTime()
  let looking: Promise<void> | undefined

  async function look(now: Date): Promise<void> {
    const known = sameKeys(keys, await listDataKeys(store)) ? keys : await readAnew()
    const next = sealingAt(known, now)
    if (known !== keys || next !== sealing) ring = keyringAt(known, random, now)
    keys = known
    sealing = next
    lookedAt = now.getTime()
  }

  /** Keys that the master key in memory does not open may have been sealed under the one that is in its file now. */
  async function readAnew(): Promise<readonly StoredKey[]> {
    try {
      return await readDataKeys(store.db, masterKey, random, keys)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      const replaced = readAgain()
      const read = await readDataKeys(store.db, replaced, random, keys)
      masterKey = replaced
      return read
    }
  }

  const isYounger = (milliseconds: number, now: Date) => {
    const age = now.getTime() - lookedAt
    return age >= 0 && age < milliseconds
  }

  return {
    async refresh(now) {
      if (isYounger(KEY_CHECK_MS, now)) return
      looking ??= look(now).finally(() => (looking = undefined))
      await looking
    },

    whileItStands(make) {
      let made: { readonly ring: Keyring; readonly value: ReturnType<typeof make> } | undefined
      return () => {
        if (made?.ring !== ring) made = { ring, value: make() }
        return made.value
      }
    },

    seal(purpose, plain, boundTo) {
      if (isYounger(KEYRING_TRUSTED_MS, clock.now())) return ring.seal(purpose, plain, boundTo)
      throw new Error('the keyring was not compared with the store for too long to seal by it')
    },
    open: (purpose, sealed, boundTo) => ring.open(purpose, sealed, boundTo),
    mac: (purpose, text) => ring.mac(purpose, text),
  }
}

type KeyDates = Pick<StoredKey, 'keyId' | 'sealsFrom'>

const listDataKeys = ({ db }: Store): Promise<readonly KeyDates[]> =>
  db.selectFrom('sealedKey').select(['keyId', 'createDate as sealsFrom']).orderBy('keyId').execute()

const sameKeys = (known: readonly KeyDates[], found: readonly KeyDates[]) =>
  known.length === found.length &&
  known.every(
    ({ keyId, sealsFrom }, index) =>
      found[index]?.keyId === keyId && found[index].sealsFrom === sealsFrom,
  )
