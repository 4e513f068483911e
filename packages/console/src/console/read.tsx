// What a page reads, shown once it is there. What was read before stays while it is read again, even in vain.
import Box from '@cloudscape-design/components/box'
import type { ReactNode } from 'react'
import { isAccessDenied } from '../api/api-error.ts'
import type { Reading } from '../api/reading.ts'
import { known } from '../api/reading.ts'
import { Failure } from './failure.tsx'
import { NoPermissionToSee } from './no-permission.tsx'
import { PageLoading } from './shell/page-loading.tsx'

type Props<Value> = {
  readonly of: Reading<Value>
  /** As a sentence begins: `The policy`, `alice`. */
  readonly what: string
  readonly children: (value: Value) => ReactNode
}

export function Read<Value>({ of: reading, what, children }: Props<Value>) {
  const value = known(reading)
  if (value === undefined && reading.error === null) return <PageLoading />
  return (
    <>
      {reading.error && (
        <Box margin={{ bottom: value === undefined ? 'n' : 'l' }}>
          <ReadFailure of={reading} what={what} />
        </Box>
      )}
      {value !== undefined && children(value)}
    </>
  )
}

/** Says that something could not be read, or could not be read again, and offers to try. */
export function ReadFailure<Value>({ of: reading, what }: Omit<Props<Value>, 'children'>) {
  if (reading.error === null) return null
  if (isAccessDenied(reading.error)) {
    return <NoPermissionToSee what={within(what)} error={reading.error} />
  }
  const again = known(reading) === undefined ? '' : ' again: this is what was read before'
  return (
    <Failure
      header={`${what} could not be read${again}`}
      error={reading.error}
      onRetry={() => void reading.refetch()}
    />
  )
}

/** `The policy` within a sentence; a name stays as it is. */
const within = (what: string) => what.replace(/^(?:The|What|Who)\b/, begins => begins.toLowerCase())
