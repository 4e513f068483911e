// Where the pictures are taken: a Chromium before a server with the demo's company in it.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'

/** How much of a page a picture shows. */
export const SIZES = {
  console: { width: 1280, height: 800 },
  signIn: { width: 520, height: 800 },
} as const

export type Studio = {
  /** A page in a fresh profile of the browser. */
  readonly newPage: (size: keyof typeof SIZES) => Promise<Page>
  /** Takes a picture of what the page shows, once it has come to rest. */
  readonly take: (page: Page, name: string) => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** @param endpoint of the server */
export async function openStudio(endpoint: string, folder: string): Promise<Studio> {
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--force-color-profile=srgb'],
  })
  return {
    newPage: size =>
      browser.newPage({
        baseURL: endpoint.replace('127.0.0.1', 'localhost'),
        viewport: SIZES[size],
        colorScheme: 'light',
        reducedMotion: 'reduce',
      }),
    async take(page, name) {
      await page.waitForLoadState('networkidle')
      const path = join(folder, `${name}.png`)
      await page.screenshot({ path, caret: 'hide', animations: 'disabled' })
      console.log(`${path}, ${Math.round(statSync(path).size / 1000)} KB`)
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}
