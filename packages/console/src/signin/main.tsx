// The sign-in pages.
import '@cloudscape-design/global-styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followTheme } from '../theme.ts'
import { FaultBoundary } from './fault-boundary.tsx'
import { Frame } from './frame.tsx'
import { SignIn } from './sign-in.tsx'

followTheme()
const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Frame>
        <FaultBoundary>
          <SignIn />
        </FaultBoundary>
      </Frame>
    </StrictMode>,
  )
}
