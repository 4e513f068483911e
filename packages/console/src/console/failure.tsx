// A refusal, shown where it happened: AWS's words, its code, and the id by which the audit knows the request.
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import { useEffect, useState } from 'react'
import { ApiError } from '../api/api-error.ts'

type Props = {
  readonly error: Error
  /** What was tried: `alice was not deleted`. */
  readonly header?: string
  readonly onRetry?: () => void
}

export function Failure({ error, header = 'This did not work', onRetry }: Props) {
  // The region is there before its words are: not every screen reader reads out what comes together with its region.
  const [isRegionThere, setRegionThere] = useState(false)
  useEffect(() => setRegionThere(true), [])
  return (
    <div role="alert">
      {isRegionThere && (
        <Alert
          type="error"
          header={header}
          action={onRetry && <Retry onRetry={onRetry} />}
          statusIconAriaLabel="Error"
        >
          {error.message}
          {error instanceof ApiError && <Origin error={error} />}
        </Alert>
      )}
    </div>
  )
}

function Retry({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <Button formAction="none" onClick={onRetry}>
      Try again
    </Button>
  )
}

function Origin({ error: { code, requestId } }: { readonly error: ApiError }) {
  return (
    <Box variant="small" display="block" color="inherit">
      {code}
      {requestId !== undefined && `, request ${requestId}`}
    </Box>
  )
}
