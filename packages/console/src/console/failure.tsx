// A refusal, shown where it happened: AWS's words, its code, and the id by which the audit knows the request.
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import { ApiError } from '../api/api-error.ts'

type Props = {
  readonly error: Error
  /** What was tried: `alice was not deleted`. */
  readonly header?: string
  readonly onRetry?: () => void
}

export function Failure({ error, header = 'This did not work', onRetry }: Props) {
  return (
    <Alert
      type="error"
      header={header}
      {...(onRetry && {
        action: (
          <Button formAction="none" onClick={onRetry}>
            Try again
          </Button>
        ),
      })}
    >
      {error.message}
      {error instanceof ApiError && <Origin error={error} />}
    </Alert>
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
