// Stands where there may be something that who is signed in may not see: never for what is not there.
import Box from '@cloudscape-design/components/box'

export function NoPermission() {
  return (
    <Box display="inline" color="text-status-inactive">
      No permission
    </Box>
  )
}

type Props = {
  /** As in `No permission to see the users`. */
  readonly what: string
  /** The refusal's words: they name the action that an administrator has to allow. */
  readonly error?: Error | null
}

/** The same of a whole part of a page. It is no failure: nothing is to be tried again. */
export function NoPermissionToSee({ what, error }: Props) {
  return (
    <div role="status">
      <Box color="text-status-inactive">No permission to see {what}.</Box>
      {error && (
        <Box variant="small" display="block">
          {error.message}
        </Box>
      )}
    </div>
  )
}
