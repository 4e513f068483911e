// `npm run screenshots`: takes the pictures of docs/screenshots again, of the demo's company as it is made.
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from '@twinlock/server'
import { makeCompany } from './demo/make-company.ts'
import { readDemoConfig } from './demo/options.ts'
import { administration } from './screenshots/console-scenes.ts'
import { clockOff, enrolment, secondFactor, signInPage } from './screenshots/sign-in-scenes.ts'
import { openStudio } from './screenshots/studio.ts'

const PICTURES = join(import.meta.dirname, '../../../docs/screenshots')

await using folder = await mkdtempDisposable(join(tmpdir(), 'twinlock-screenshots-'))
const data = join(folder.path, 'data')
await makeCompany(data, new Date())
// The address that the pictures show is the usual one.
await using twinlock = await open(readDemoConfig(['--data', data]))
await using studio = await openStudio(twinlock.endpoint, PICTURES)
for (const scene of [signInPage, secondFactor, enrolment, clockOff, administration]) {
  await scene(studio)
}
