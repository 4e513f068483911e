import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TOTP_PROFILES, timeStep, totpCode, totpSecret } from '@twinlock/factors'
import { parseAccountId } from '../identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../store/every-engine.ts'
import type { TotpDevice } from './totp-ledger.ts'
import { totpLedger } from './totp-ledger.ts'

const account = parseAccountId('123456789012')
const secret = totpSecret(Buffer.from('12345678901234567890'))
const now = new Date('2026-01-02T03:04:05Z')
const step = timeStep(now.getTime() / 1000)
const { aws, strict } = TOTP_PROFILES

const device = (name: string): TotpDevice => ({
  account,
  serialNumber: `arn:aws:iam::${account}:mfa/${name}`,
  secret,
})

onEveryEngine('the ledger of one-time codes', newDatabase => {
  test('a code proves itself once, however many ask together', async () => {
    await using store = await openStore(await newDatabase())
    const ledger = totpLedger(store, aws)
    const code = totpCode(secret, step)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => ledger.verifyCode(device('phone'), code, now)),
    )
    assert.deepEqual(outcomes.toSorted(), ['proved', ...Array<string>(7).fill('spent')])
  })

  test('two nodes on one database cannot both accept a code', async () => {
    const database = await newDatabase()
    await using one = await openStore(database)
    await using other = await openStore(database)
    const ledgers = [totpLedger(one, aws), totpLedger(other, aws)] as const
    const code = totpCode(secret, step)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        ledgers[index % 2 === 0 ? 0 : 1].verifyCode(device('phone'), code, now),
      ),
    )
    assert.equal(outcomes.filter(outcome => outcome === 'proved').length, 1)
  })

  test('a spent code stays dead when the store is opened again', async () => {
    const database = await newDatabase()
    const code = totpCode(secret, step)
    {
      await using store = await openStore(database)
      assert.equal(await totpLedger(store, aws).verifyCode(device('phone'), code, now), 'proved')
    }
    await using store = await openStore(database)
    assert.equal(await totpLedger(store, aws).verifyCode(device('phone'), code, now), 'spent')
  })

  test('the tenth verification of three minutes is refused whatever the code, on its device alone', async () => {
    await using store = await openStore(await newDatabase())
    const ledger = totpLedger(store, aws)
    const wrong = totpCode(secret, step + 500)
    const outcomes = await Promise.all(
      Array.from({ length: 9 }, () => ledger.verifyCode(device('phone'), wrong, now)),
    )
    assert.deepEqual([...new Set(outcomes)], ['wrong'])
    assert.equal(await ledger.verifyCode(device('phone'), totpCode(secret, step), now), 'throttled')
    assert.equal(await ledger.verifyCode(device('other'), totpCode(secret, step), now), 'proved')
  })

  test('a new seed at the same serial number gives no fresh guesses', async () => {
    await using store = await openStore(await newDatabase())
    const ledger = totpLedger(store, aws)
    const wrong = totpCode(secret, step + 500)
    for (let guess = 0; guess < 9; guess++) await ledger.verifyCode(device('phone'), wrong, now)
    await store.transaction(tx => ledger.newSeed(tx, account, device('phone').serialNumber))
    assert.equal(await ledger.verifyCode(device('phone'), totpCode(secret, step), now), 'throttled')
  })

  test('a verification whose transaction fails answers with the failure, and the next one works', async () => {
    await using store = await openStore(await newDatabase())
    let broken = true
    const ledger = totpLedger(
      {
        ...store,
        transaction: work =>
          broken ? Promise.reject(new Error('the disk is full')) : store.transaction(work),
      },
      aws,
    )
    const code = totpCode(secret, step)
    await assert.rejects(ledger.verifyCode(device('phone'), code, now), /disk is full/)
    broken = false
    assert.equal(await ledger.verifyCode(device('phone'), code, now), 'proved')
  })

  test('the strict profile accepts no code older than the newest', async () => {
    await using store = await openStore(await newDatabase())
    const ledger = totpLedger(store, strict)
    assert.equal(await ledger.verifyCode(device('phone'), totpCode(secret, step), now), 'proved')
    assert.equal(await ledger.verifyCode(device('phone'), totpCode(secret, step - 1), now), 'spent')
  })

  test('a pair that is refused is counted when its transaction commits', async () => {
    await using store = await openStore(await newDatabase())
    const ledger = totpLedger(store, aws)
    for (let guess = 0; guess < 9; guess++) {
      const { outcome } = await store.transaction(tx =>
        ledger.verifyPair(tx, device('phone'), ['000000', '000000'], now),
      )
      assert.equal(outcome, 'wrong')
    }
    const pair = [totpCode(secret, step - 1), totpCode(secret, step)] as const
    assert.deepEqual(
      await store.transaction(tx => ledger.verifyPair(tx, device('phone'), pair, now)),
      { outcome: 'throttled' },
    )
  })
})
