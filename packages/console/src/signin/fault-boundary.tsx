// A sign-in page that fails says so: without this, nothing would be left of it.
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import type { PropsWithChildren } from 'react'
import { Component } from 'react'

/** React gives errors to classes alone. */
export class FaultBoundary extends Component<PropsWithChildren, { readonly hasFailed: boolean }> {
  static getDerivedStateFromError = () => ({ hasFailed: true })

  override state = { hasFailed: false }

  override render() {
    return this.state.hasFailed ? <Fault /> : this.props.children
  }
}

function Fault() {
  return (
    <div role="alert">
      <Alert
        type="error"
        statusIconAriaLabel="Error"
        action={<Button onClick={() => location.reload()}>Reload the page</Button>}
      >
        Something went wrong on this page. Reload it and try again.
      </Alert>
    </div>
  )
}
