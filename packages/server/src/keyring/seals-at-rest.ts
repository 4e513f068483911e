// The seals that the store keeps: where they are, how many each data key has, and how they come under another one. Servers go on
// meanwhile: a batch is a transaction, and a seal is replaced where it is still the one that was opened.
import { sql } from 'kysely'
import type { Queries, Store } from '../store/store.ts'
import { KEY_ID_BYTES, KEY_ID_OFFSET } from './keyring.ts'
import type { Keyring, Purpose } from './keyring.ts'

type Place = {
  readonly table: 'accessKey' | 'mfaDevice'
  /** Names a row of an account; its seal is bound to it. */
  readonly id: string
  readonly sealed: string
  readonly purpose: Purpose
}

/** INVARIANT: every column that holds seals, the data keys' own apart. */
export const PLACES: readonly Place[] = [
  {
    table: 'accessKey',
    id: 'accessKeyId',
    sealed: 'sealedSecret',
    purpose: 'secret-access-key',
  },
  {
    table: 'mfaDevice',
    id: 'serialNumber',
    sealed: 'sealedSeed',
    purpose: 'totp-seed',
  },
]

export const SEALED_TABLES = PLACES.map(({ table }) => table)

/** How many seals at rest each data key has; none where it has none. */
export async function countSeals(db: Queries): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>()
  for (const { table, sealed } of PLACES) {
    const { rows } = await sql<{ keyId: Uint8Array; seals: number }>`
      select ${keyIdOf(sealed)} as "keyId", count(*) as "seals" from ${sql.table(table)}
      where ${sql.ref(sealed)} is not null group by 1
    `.execute(db)
    for (const { keyId, seals } of rows) {
      const id = Buffer.from(keyId).readUInt32BE()
      counts.set(id, (counts.get(id) ?? 0) + seals)
    }
  }
  return counts
}

/** SQL counts bytes from one. */
const keyIdOf = (sealed: string) =>
  sql`substr(${sql.ref(sealed)}, ${sql.lit(KEY_ID_OFFSET + 1)}, ${sql.lit(KEY_ID_BYTES)})`

const BATCH_ROWS = 200

/**
 * Brings all seals at rest under the key that `ring` seals by, and yields how many each batch has brought. What it cannot bring, because
 * it does not open or somebody holds it, it leaves: `countSeals` tells.
 */
export async function* resealAtRest(
  store: Store,
  ring: Keyring,
  sealingKeyId: number,
): AsyncGenerator<number> {
  for (const place of PLACES) {
    let after: Row | undefined
    do {
      const reseal: Reseal = { place, ring, sealingKeyId, after }
      const batch = await store.transaction(tx => resealBatch(tx, reseal, store.engine))
      after = batch.last
      yield batch.resealed
    } while (after !== undefined)
  }
}

type Row = { readonly accountId: string; readonly id: string; readonly sealed: Uint8Array }

type Reseal = {
  readonly place: Place
  readonly ring: Keyring
  readonly sealingKeyId: number
  readonly after: Row | undefined
}

async function resealBatch(tx: Queries, reseal: Reseal, engine: Store['engine']) {
  const rows = await nextRows(tx, reseal, engine)
  let resealed = 0
  for (const row of rows) if (await resealRow(tx, row, reseal)) resealed++
  return { resealed, last: rows.length < BATCH_ROWS ? undefined : rows.at(-1) }
}

/** On PostgreSQL without those that another transaction has locked: who waits for nobody waits in no circle. */
async function nextRows(
  tx: Queries,
  { place: { table, id, sealed }, sealingKeyId, after }: Reseal,
  engine: Store['engine'],
): Promise<readonly Row[]> {
  const sealing = Buffer.alloc(KEY_ID_BYTES)
  sealing.writeUInt32BE(sealingKeyId)
  const place = sql`("accountId", ${sql.ref(id)})`
  const { rows } = await sql<Row>`
    select "accountId", ${sql.ref(id)} as "id", ${sql.ref(sealed)} as "sealed" from ${sql.table(table)}
    where ${keyIdOf(sealed)} <> ${sealing}
      and ${place} > (${after?.accountId ?? ''}, ${after?.id ?? ''})
    order by "accountId", ${sql.ref(id)} limit ${sql.lit(BATCH_ROWS)}
    ${engine === 'postgres' ? sql`for update skip locked` : sql``}
  `.execute(tx)
  return rows
}

async function resealRow(
  tx: Queries,
  { accountId, id, sealed }: Row,
  { place, ring }: Reseal,
): Promise<boolean> {
  const plain = ring.open(place.purpose, sealed, id)
  if (plain === undefined) return false
  const resealed = ring.seal(place.purpose, plain, id)
  const { numAffectedRows } = await sql`
    update ${sql.table(place.table)} set ${sql.ref(place.sealed)} = ${resealed}
    where "accountId" = ${accountId} and ${sql.ref(place.id)} = ${id}
      and ${sql.ref(place.sealed)} = ${sealed}
  `.execute(tx)
  return numAffectedRows === 1n
}
