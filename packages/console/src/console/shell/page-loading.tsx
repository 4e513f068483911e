// While a page's script is on its way.
import Box from '@cloudscape-design/components/box'
import Spinner from '@cloudscape-design/components/spinner'

export function PageLoading() {
  return (
    <Box textAlign="center" padding="xxl">
      <Spinner size="large" />
      <Box variant="p" color="text-body-secondary">
        Loading
      </Box>
    </Box>
  )
}
