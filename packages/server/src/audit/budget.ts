// So many records a second, for what strangers can cause without end: they must not fill the disk. What is left out is told of, in one
// record for each second, lest a flood hide something else.
import type { AccountId } from '../identifiers/account-id.ts'
import type { AuditRow } from './audit-row.ts'
import { GLOBAL_REGION, auditRow } from './audit-row.ts'

export type Budget = {
  /** Whether one more may be kept; counts it where not. */
  readonly admit: (now: Date) => boolean
  /** The record of what was left out until the present second, once. */
  readonly takeLeftOut: (now: Date) => AuditRow | undefined
}

/** @param of what is counted, in words for the reader of the record */
export function budget(account: AccountId, of: string, mostPerSecond: number): Budget {
  let second = 0
  let asked = 0
  let leftOut = 0
  let since = 0

  function turnTo(now: Date): void {
    const current = Math.floor(now.getTime() / 1000)
    if (current === second) return
    if (leftOut === 0) since = second
    leftOut += Math.max(0, asked - mostPerSecond)
    second = current
    asked = 0
  }

  return {
    admit(now) {
      turnTo(now)
      return ++asked <= mostPerSecond
    },
    takeLeftOut(now) {
      turnTo(now)
      if (leftOut === 0) return undefined
      const row = leftOutRow(account, of, leftOut, since)
      leftOut = 0
      return row
    },
  }
}

const leftOutRow = (account: AccountId, of: string, LeftOut: number, second: number): AuditRow =>
  auditRow(
    { account, userName: null, accessKeyId: null },
    {
      userIdentity: { type: 'Unknown' },
      eventSource: 'twinlock',
      eventName: 'RecordsLeftOut',
      awsRegion: GLOBAL_REGION,
      requestParameters: null,
      responseElements: null,
      readOnly: true,
      eventType: 'AwsServiceEvent',
      serviceEventDetails: { LeftOut, Of: of },
    },
    new Date(second * 1000),
  )
