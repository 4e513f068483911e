// A single value that is read: never "no" or "none" for what is not known.
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { isAccessDenied } from '../api/api-error.ts'
import type { Reading } from '../api/reading.ts'
import { known } from '../api/reading.ts'
import { NoPermission } from './no-permission.tsx'

type Props<Value> = {
  readonly of: Pick<Reading<Value>, 'data' | 'error'>
  readonly children: (value: Value) => ReactNode
}

export function Known<Value>({ of: reading, children }: Props<Value>) {
  const value = known(reading)
  if (value !== undefined) return children(value)
  if (reading.error === null) return <StatusIndicator type="loading">Loading</StatusIndicator>
  if (isAccessDenied(reading.error)) return <NoPermission />
  return <StatusIndicator type="error">{reading.error.message}</StatusIndicator>
}
