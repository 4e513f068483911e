// So many records a second, for what strangers can cause without end: they must not fill the disk. What is left out is told of, in one
// record for each second, lest a flood hide something else.
import { randomUUID } from 'node:crypto'
import type { AccountId } from '../identifiers/account-id.ts'
import { isoSeconds } from '../identifiers/iso-seconds.ts'
import type { AuditRow } from './record.ts'

export type Budget = {
  /** Whether one more may be kept; counts it where not. */
  readonly admit: (now: Date) => boolean
  /** The record of what was left out until the present second, once. */
  readonly takeLeftOut: (now: Date) => AuditRow | undefined
}

/** @param of what is kept, in words for who reads the record */
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

function leftOutRow(account: AccountId, of: string, LeftOut: number, second: number): AuditRow {
  const eventId = randomUUID()
  const eventTime = new Date(second * 1000)
  const record = {
    eventVersion: '1.11',
    userIdentity: { type: 'Unknown' },
    eventTime: isoSeconds(eventTime),
    eventSource: 'twinlock',
    eventName: 'RecordsLeftOut',
    awsRegion: 'us-east-1',
    requestParameters: null,
    responseElements: null,
    eventID: eventId,
    readOnly: true,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    serviceEventDetails: { LeftOut, Of: of },
  }
  return {
    accountId: account,
    eventTime: eventTime.getTime(),
    eventId,
    eventName: record.eventName,
    eventSource: record.eventSource,
    userName: null,
    accessKeyId: null,
    readOnly: 1,
    record: JSON.stringify(record),
  }
}
