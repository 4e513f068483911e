// A real Chromium before a real server: pages are driven as people drive them, by roles and labels. One browser serves a whole test
// file; every test has a context of its own, and with it its own cookies.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after } from 'node:test'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export const DIST = join(import.meta.dirname, '../dist')

let launched: Promise<Browser> | undefined

/** Of all pages of the file: scripts that failed, and what their Content-Security-Policy forbade. */
const complaints: string[] = []

after(async () => {
  await (await launched)?.close()
  // Here and not where a page is left, because there it would hide why its test failed.
  assert.deepEqual(complaints, [], 'pages complained')
})

function theBrowser(): Promise<Browser> {
  assert.ok(existsSync(DIST), 'the console is not built: npm run build:console')
  return (launched ??= launch())
}

/**
 * Not with the arguments that the package brings along: they turn the same-origin policy off, and run everything in one process, which ends
 * with its first context.
 */
const launch = async () =>
  chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--force-color-profile=srgb'],
    headless: true,
  })

export type Visitor = {
  readonly page: Page
  readonly context: BrowserContext
  /** `http://localhost:PORT`: WebAuthn gives nothing to an address. */
  readonly origin: string
  /** Drops the cookies, and with them the session; the page is left first, lest it notice. */
  readonly forget: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export type VisitorOptions = {
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  /** Colours that the system forces on every page, for those who see little contrast. */
  readonly forcedColors?: 'active' | 'none'
  /** Certificates are taken as they come: a test's vouches for itself. */
  readonly ignoreHTTPSErrors?: boolean
  /** What the test has a page complain of. */
  readonly provokes?: RegExp
}

/** Somebody with a fresh browser profile. */
export async function visitor(
  twinlock: { readonly endpoint: string },
  { width = 1280, provokes, ...options }: VisitorOptions = {},
): Promise<Visitor> {
  const origin = twinlock.endpoint.replace('127.0.0.1', 'localhost')
  const browser = await theBrowser()
  const context = await browser.newContext({
    baseURL: origin,
    colorScheme: 'light',
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const complain = (text: string) => {
    if (provokes?.test(text) !== true) complaints.push(`${page.url()}: ${text}`)
  }
  context.on('weberror', error => complain(error.error().message))
  context.on('console', message => {
    // A refusal is an answer that Chromium prints as an error.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complain(message.text())
    }
  })
  return {
    page,
    context,
    origin,
    async forget() {
      await page.goto('about:blank')
      await context.clearCookies()
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Cloudscape's own mistakes, by what axe says of them; each goes when Cloudscape mends it. */
const CLOUDSCAPE: readonly RegExp[] = [
  // components 3.0.1383, app layout: its narrow navigation bar is a <nav aria-orientation>.
  /aria-allowed-attr: <nav [^>]*aria-orientation="horizontal"/,
]

/** Fails with what axe-core finds against WCAG 2.2 AA on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // axe calls a button too small that is half below the navigation, from where it can be scrolled.
  await page.evaluate('scrollTo(0, 0)')
  await page.evaluate(await axeScript())
  const found = await page.evaluate(async tags => {
    // The script above put it there.
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run({ runOnly: tags })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
  }, WCAG_2_2_AA)
  assert.deepEqual(
    found.filter(finding => !CLOUDSCAPE.some(known => known.test(finding))),
    [],
    `${page.url()} is not accessible`,
  )
}

let axe: Promise<string> | undefined

const axeScript = () =>
  (axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
