// One record as the audit keeps it: CloudTrail's text, with what all records have, beside the columns that it is looked up by.
import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import { isoSeconds } from '../identifiers/iso-seconds.ts'
import type { Tables } from '../store/tables.ts'

export type AuditRow = Selectable<Tables['auditEvent']>

/** What one record tells: the members that CloudTrail's records do not share. */
export type AuditEvent = {
  readonly userIdentity: object
  readonly eventSource: string
  readonly eventName: string
  readonly awsRegion: string
  readonly requestParameters: unknown
  readonly responseElements: unknown
  readonly readOnly: boolean
  readonly eventType: 'AwsApiCall' | 'AwsConsoleSignIn' | 'AwsServiceEvent'
  /** Those that only some records have. */
  readonly [member: string]: unknown
}

/** Whose record it is, and who is meant where one is looked for by name or key. */
export type AuditSubject = {
  readonly account: AccountId
  readonly userName: string | null
  readonly accessKeyId: string | null
}

/** Where CloudTrail says that events of services without a region happen. */
export const GLOBAL_REGION = 'us-east-1'

/** Of requestParameters and of responseElements: CloudTrail has no longer ones. */
const MOST_BYTES = 100 * 1024
/** Of a text in one of them that is too long. */
const LONGEST_TEXT = 2048

export function auditRow(
  { account, userName, accessKeyId }: AuditSubject,
  event: AuditEvent,
  at: Date,
): AuditRow {
  const eventId = randomUUID()
  const { eventName, eventSource, readOnly } = event
  return {
    accountId: account,
    eventTime: at.getTime(),
    eventId,
    eventName: storable(eventName),
    eventSource,
    userName: userName === null ? null : storable(userName),
    accessKeyId,
    readOnly: readOnly ? 1 : 0,
    record: recordText({
      eventVersion: '1.11',
      eventTime: isoSeconds(at),
      ...event,
      eventID: eventId,
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    }),
  }
}

/** PostgreSQL has no text with NUL. In the record, as in all JSON, it is written as an escape. */
const storable = (text: string) => text.replaceAll('\0', '\u{FFFD}')

/** The record as it is stored. Whoever may call nothing can still send a megabyte with every call, and must not fill the disk. */
function recordText(record: AuditEvent & Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(record)
  if (fits(text)) return text
  return JSON.stringify({
    ...record,
    requestParameters: notTooLong(record.requestParameters),
    responseElements: notTooLong(record.responseElements),
  })
}

/** A member that is too long keeps its short texts: they say whom it concerns. */
function notTooLong(member: unknown): unknown {
  if (fits(JSON.stringify(member))) return member
  const cut = JSON.stringify(member, (_, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST_TEXT
      ? `${value.slice(0, LONGEST_TEXT)}… (${value.length} characters)`
      : value,
  )
  return fits(cut) ? JSON.parse(cut) : { omitted: true }
}

const fits = (text: string) => Buffer.byteLength(text) <= MOST_BYTES
