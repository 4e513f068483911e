// Typing into the policy editor.
import type { Page } from 'playwright-core'

/** Replaces what is in the editor, as by typing: Ace has it from a text area that nobody sees. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator('.ace_content').click()
  await page.keyboard.press('ControlOrMeta+A')
  // At once: typing brings Ace's own closing brackets along.
  await page.keyboard.insertText(text)
}
