// Builds the package as npm gets it: `dist/` with JavaScript, declarations, README, licence and a package.json that says so.
// In the workspace the sources run as they are; whoever installs the package has a browser or another Node.
// The compiler is given ECMAScript's library alone, so whatever compiles needs neither Node nor a browser.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const PACKAGE = resolve(import.meta.dirname, '..')
const ROOT = resolve(PACKAGE, '../..')

/** Builds into `folder`, which is emptied before. @throws Error when the sources do not compile */
export function build(folder: string = join(PACKAGE, 'dist')): void {
  rmSync(folder, { recursive: true, force: true })
  execFileSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      'tsconfig.build.json',
      '--outDir',
      folder,
    ],
    { cwd: PACKAGE, stdio: 'inherit' },
  )
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`)
  copyFileSync(join(PACKAGE, 'README.md'), join(folder, 'README.md'))
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
}

/** The package.json of what is published. */
function manifest() {
  const { name, version, description, license, type } = JSON.parse(
    readFileSync(join(PACKAGE, 'package.json'), 'utf8'),
  ) as Record<string, string>
  return {
    name,
    version,
    description,
    license,
    type,
    sideEffects: false,
    exports: { types: './index.d.ts', default: './index.js' },
    keywords: ['aws', 'iam', 'policy', 'mfa', 'authorization'],
  }
}

if (import.meta.main) build()
