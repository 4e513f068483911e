// Signing in before the camera.
import type { Page } from 'playwright-core'
import { submitCode, submitUser } from '../../../console/test/sign-in-page.ts'
import { COMPANY } from '../demo/company.ts'
import { shownCodes } from '../demo/devices.ts'
import { USERS } from '../demo/people.ts'
import { CODE_DEVICES, passwordOf } from '../demo/public-secrets.ts'

export const SIGN_IN = `/signin?account=${COMPANY.alias}`

/** The first step, with the user's password. */
export async function submitPassword(page: Page, userName: string): Promise<void> {
  const user = USERS.find(user => user.userName === userName)
  if (user === undefined) throw new Error(`nobody is called ${userName}`)
  await page.goto(SIGN_IN)
  await submitUser(page, userName, passwordOf(user), COMPANY.alias)
}

/** The second step, with the code that the user's app shows. */
export async function submitShownCode(page: Page, userName: string): Promise<void> {
  await submitCode(page, codesOf(userName).code)
}

/** What the user's app shows now, and next. */
export function codesOf(userName: string): ReturnType<typeof shownCodes> {
  const found = CODE_DEVICES.find(({ holder }) => holder === userName)
  if (found === undefined) throw new Error(`${userName} has nothing that shows codes`)
  return shownCodes(found.device, userName, new Date())
}
