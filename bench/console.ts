// The console's pages in a real Chromium: how long somebody waits who comes for the first time, with nothing in the cache, and how much
// script is sent. Beside them a page that is nothing but a heading, from a bare node:http server: what the browser itself takes.
// `node bench/console.ts`, or `npm run bench`.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateLoginProfileCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import { allow, newUser } from '../packages/server/test/people.ts'
import type { ServerProcess } from '../packages/server/test/server-process.ts'
import { startServerProcess } from '../packages/server/test/server-process.ts'
import { PASSWORD, submitUser } from '../packages/server/test/sign-in-people.ts'
import { webBrowser } from '../packages/server/test/web-browser.ts'
import type { Destination, Visit } from './page-visits.ts'
import { told, visit } from './page-visits.ts'

const ROUNDS = 9
const PEOPLE = 40
const AIM_MILLISECONDS = 1000
const AIM_KILOBYTES = 300

export async function bench(): Promise<void> {
  const dist = join(import.meta.dirname, '../packages/console/dist/console.html')
  assert.ok(existsSync(dist), 'the console is not built: npm run build:console')
  const data = await mkdtemp(join(tmpdir(), 'twinlock-bench-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(data, { recursive: true, force: true }))
  const server = stack.use(await startServerProcess({ data }))
  const browser = await launch()
  stack.defer(() => browser.close())

  const origin = `http://${server.address.replace('127.0.0.1', 'localhost')}`
  const pages: Readonly<Record<string, Destination>> = {
    'first page, signed in': {
      url: `${origin}/console/`,
      cookies: await signIn(server, origin),
      awaits: {
        heading: page => page.getByRole('heading', { level: 1, name: 'IAM dashboard' }),
        'first data': page => page.getByRole('link', { name: `Users: ${PEOPLE}` }),
      },
    },
    'sign-in page': {
      url: `${origin}/signin`,
      awaits: { form: page => page.getByLabel('Root user email address') },
    },
    'a bare page': {
      url: stack.use(await bareServer()).url,
      awaits: { heading: page => page.getByRole('heading', { name: 'Bare' }) },
    },
  }
  const visits = new Map<string, Visit[]>()
  // In turn, so that all have the same share of a machine that others use too. The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, page] of Object.entries(pages)) {
      const visited = await visit(browser, page)
      if (round > 0) visits.set(name, [...(visits.get(name) ?? []), visited])
    }
  }
  for (const [name, visited] of visits) console.log(`  ${name}, nothing cached: ${told(visited)}`)
  console.log(
    `  aims: ${AIM_MILLISECONDS} ms until the first data, ${AIM_KILOBYTES} KB of script for sign-in`,
  )
}

/** Not with the arguments that the package brings along: they run everything in one process. */
const launch = async () =>
  chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
    headless: true,
  })

/** An account with people in it, and the cookies of one who may see everything. */
async function signIn(server: ServerProcess, origin: string): Promise<ReadonlyMap<string, string>> {
  const UserName = 'admin'
  await newUser(server, UserName, allow('*'))
  for (let person = 1; person < PEOPLE; person++) await newUser(server, `person-${person}`)
  await server.iam().send(new CreateLoginProfileCommand({ UserName, Password: PASSWORD }))
  const browser = webBrowser({ endpoint: origin })
  const { Account } = await server.sts().send(new GetCallerIdentityCommand({}))
  const { body } = await submitUser(browser, UserName, PASSWORD, Account)
  assert.equal(body.state, 'signed-in')
  return browser.cookies
}

async function bareServer() {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Bare</h1>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    [Symbol.dispose]: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

if (import.meta.main) await bench()
