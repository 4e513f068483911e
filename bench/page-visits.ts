// A visit to a page in a real Chromium: how long somebody waits, and what it takes.
import type { Browser, Locator, Page, Request } from 'playwright-core'

/** A page, and what somebody waits for on it. */
export type Destination = {
  readonly url: string
  readonly cookies?: ReadonlyMap<string, string>
  readonly awaits: Readonly<Record<string, (page: Page) => Locator>>
}

export type Visit = {
  /** Milliseconds until each was there. */
  readonly waits: Readonly<Record<string, number>>
  /** What the page's main thread has computed until then: that tells the same on a machine whose processors others use, where time does not. */
  readonly processorMilliseconds: number
  /** Of script, as it was sent. */
  readonly kilobytes: number
}

/** Opens the page in a profile of its own, with an empty cache. */
export async function visit(
  browser: Browser,
  { url, cookies, awaits }: Destination,
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    await context.addCookies([...(cookies ?? [])].map(([name, value]) => ({ name, value, url })))
    const page = await context.newPage()
    const scripts: Request[] = []
    page.on('requestfinished', request => {
      if (request.resourceType() === 'script') scripts.push(request)
    })
    const devtools = await context.newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    const began = performance.now()
    const arrived = Object.entries(awaits).map(async ([name, locate]) => {
      await locate(page).waitFor()
      return [name, performance.now() - began] as const
    })
    await page.goto(url, { waitUntil: 'commit' })
    const waits = Object.fromEntries(await Promise.all(arrived))
    const { metrics } = await devtools.send('Performance.getMetrics')
    const processorSeconds =
      metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    await page.waitForLoadState()
    const sizes = await Promise.all(scripts.map(script => script.sizes()))
    const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
    return { waits, processorMilliseconds: processorSeconds * 1000, kilobytes: bytes / 1000 }
  } finally {
    await context.close()
  }
}

/** `heading after 410 ms (380 to 650), 300 ms of processor time, 240 KB of script` */
export function told(visits: readonly Visit[]): string {
  const waits = Object.keys(visits[0]?.waits ?? {}).map(name => {
    const [least, median, most] = spread(visits.map(visited => visited.waits[name] ?? Infinity))
    return `${name} after ${median} ms (${least} to ${most})`
  })
  const [, processor] = spread(visits.map(visited => visited.processorMilliseconds))
  const [, kilobytes] = spread(visits.map(visited => visited.kilobytes))
  return [...waits, `${processor} ms of processor time`, `${kilobytes} KB of script`].join(', ')
}

/** The least, the median and the most, rounded. */
function spread(numbers: readonly number[]): readonly number[] {
  const sorted = numbers.toSorted((a, b) => a - b)
  return [0, 0.5, 1].map(part => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0))
}
