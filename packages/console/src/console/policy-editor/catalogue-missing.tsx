// What is not done while AWS's actions and condition keys are not there: silence would look like approval.
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'

export function CatalogueMissing({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <Alert
      type="warning"
      header="AWS's actions and condition keys could not be loaded"
      action={
        <Button formAction="none" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      Actions and keys that do not exist are not found, and none are suggested.
    </Alert>
  )
}
