// Scan, then prove it with two codes (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html).
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Fragment, useState } from 'react'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { EnrolmentActions } from './enrolment-actions.tsx'
import type { AuthenticatorApp, Enroller } from './enroller.ts'
import styles from './set-up-authenticator-app.module.css'
import { TwoCodes, codesOf, problemOfCodes, useTwoCodes } from './two-codes.tsx'

export function SetUpAuthenticatorApp({
  app,
  enroller,
  onBack,
}: {
  readonly app: AuthenticatorApp
  readonly enroller: Enroller
  readonly onBack: () => void
}) {
  const [codes, setCodes] = useTwoCodes()
  const { pending, problem, submit, refuse } = useSubmission(
    () => enroller.addAuthenticatorApp(app, codesOf(codes)),
    enroller.explain,
  )

  const back = () => {
    enroller.discardAuthenticatorApp(app)
    onBack()
  }

  return (
    <Step
      heading="Set up device"
      description="Install an authenticator app on your phone or computer, for example Aegis, Google Authenticator or 1Password."
      problem={problem}
      begin="heading"
      onSubmit={() => {
        const wrong = problemOfCodes(codes)
        if (wrong === undefined) submit()
        else refuse(wrong)
      }}
      actions={<EnrolmentActions pending={pending} onBack={back} />}
    >
      <div className={styles['scan']}>
        <img className={styles['qr']} src={app.qrCode} alt="QR code of the secret key" />
        <SpaceBetween size="xs">
          <Box>Scan the QR code with the app.</Box>
          <SecretKey secret={app.secret} />
        </SpaceBetween>
      </div>
      <Box>Then enter two codes that follow each other.</Box>
      <TwoCodes codes={codes} onChange={setCodes} />
    </Step>
  )
}

/** For apps that cannot scan. It is shown when it is asked for: others may look over a shoulder. */
function SecretKey({ secret }: { readonly secret: string }) {
  const [shown, setShown] = useState(false)
  if (!shown) {
    return (
      <Button variant="inline-link" onClick={() => setShown(true)}>
        Show secret key
      </Button>
    )
  }
  return (
    <CopyToClipboard
      variant="inline"
      wrapText
      textToCopy={secret}
      textToDisplay={<InGroups secret={secret} />}
      copyButtonAriaLabel="Copy secret key"
      copySuccessText="Secret key copied"
      copyErrorText="The secret key could not be copied"
    />
  )
}

/** In fours, and no line ends within one. */
function InGroups({ secret }: { readonly secret: string }) {
  const groups = secret.match(/.{1,4}/g) ?? []
  return (
    <span className={styles['secret']}>
      {groups.map((group, place) => (
        <Fragment key={place}>
          <span className={styles['group']}>{group}</span>{' '}
        </Fragment>
      ))}
    </span>
  )
}
