// Pictures of how people sign in.
import { chooseDevice, submitCodes } from '../../../console/test/enrolment-page.ts'
import { SIGN_IN, codesOf, submitPassword, submitShownCode } from './sign-in.ts'
import type { Studio } from './studio.ts'

export async function signInPage({ newPage, take }: Studio): Promise<void> {
  const page = await newPage('signIn')
  await page.goto(SIGN_IN)
  await page.getByLabel('IAM user name').fill('ana')
  await take(page, 'sign-in')
}

export async function secondFactor({ newPage, take }: Studio): Promise<void> {
  const page = await newPage('signIn')
  await submitPassword(page, 'ana')
  await page.getByRole('button', { name: 'Use an authenticator app' }).waitFor()
  await take(page, 'second-factor')
}

/** Somebody who is overdue. */
export async function enrolment({ newPage, take }: Studio): Promise<void> {
  const page = await newPage('signIn')
  await submitPassword(page, 'farid')
  await chooseDevice(page, 'Authenticator app', 'farid-phone')
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  await take(page, 'enrolment')
}

/** Somebody whose phone's clock is off. */
export async function clockOff({ newPage, take }: Studio): Promise<void> {
  const page = await newPage('signIn')
  await submitPassword(page, 'elena')
  for (let tries = 0; tries < 3; tries++) {
    const refusal = page.waitForResponse('**/signin/api/mfa/code')
    await submitShownCode(page, 'elena')
    await refusal
  }
  await take(page, 'resynchronize')
  await page.getByRole('button', { name: 'Resynchronize' }).click()
  const { code, nextCode } = codesOf('elena')
  await submitCodes(page, { AuthenticationCode1: code, AuthenticationCode2: nextCode })
  await page.getByText('minutes behind').waitFor()
  await take(page, 'clock')
}
