import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Keyboard, newWorld } from '../test/world.ts'
import type { CommandTable } from './command.ts'
import { COMMANDS } from './commands.ts'

/** Every command and every table of commands, by the words that name it. */
function pathsOf(table: CommandTable, above: readonly string[] = []): readonly string[][] {
  return Object.entries(table).flatMap(([name, entry]) => [
    [...above, name],
    ...('commands' in entry ? pathsOf(entry.commands, [...above, name]) : []),
  ])
}

test('every command explains itself, by `help` and by --help, in lines that fit', async () => {
  await using world = await newWorld()
  for (const path of pathsOf(COMMANDS)) {
    const help = await world.twinlock(['help', ...path])
    assert.equal(help.status, 0)
    assert.equal(help.stderr, '')
    assert.match(help.stdout, new RegExp(`^usage: twinlock ${path.join(' ')} `))
    assert.deepEqual(await world.twinlock([...path, '--help']), help)
    for (const line of help.stdout.split('\n')) assert.ok(line.length <= 100, line)
  }
})

test('the bare command names its commands', async () => {
  await using world = await newWorld()
  const { status, stdout } = await world.twinlock([])
  assert.equal(status, 0)
  for (const name of Object.keys(COMMANDS)) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'))
})

test('--version is the version of the package, and `version` too', async () => {
  await using world = await newWorld()
  for (const word of ['--version', '-v', 'version']) {
    assert.match((await world.twinlock([word])).stdout, /^\d+\.\d+\.\d+\n$/)
  }
})

test('`help --all` names the commands of every table', async () => {
  await using world = await newWorld()
  const { status, stdout } = await world.twinlock(['help', '--all'])
  assert.equal(status, 0)
  for (const path of pathsOf(COMMANDS)) {
    if (!('commands' in (COMMANDS[path.join(' ')] ?? {}))) {
      assert.match(stdout, new RegExp(`^  ${path.join(' ')} +\\S`, 'm'))
    }
  }
  for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line)
})

test('the help on a command ends with what its exit status says', async () => {
  await using world = await newWorld()
  for (const path of pathsOf(COMMANDS)) {
    const { stdout } = await world.twinlock(['help', ...path])
    if (!stdout.includes(' COMMAND\n')) assert.match(stdout, /\n\nExits with 0 .*\n.*130 [^\n]+\n$/)
  }
})

test('a misspelt command is told what is likely meant', async () => {
  await using world = await newWorld()
  const said = async (...args: string[]) => (await world.twinlock(args)).stderr
  assert.match(await said('strat'), /knows no command `strat`; is `start` meant\? Try/)
  assert.match(
    await said('policy', 'Lint'),
    /`twinlock policy` knows no command `Lint`; is `lint` meant\?/,
  )
  assert.doesNotMatch(await said('frobnicate'), /meant/)
})

for (const { reason, args, says } of [
  { reason: 'an unknown command', args: ['mend'], says: '`twinlock` knows no command `mend`.' },
  {
    reason: 'an unknown command of a table',
    args: ['mfa', 'mend'],
    says: '`twinlock mfa` knows no command `mend`.',
  },
  {
    reason: 'a table without a command',
    args: ['authenticator'],
    says: '`twinlock authenticator` needs to know what to do.',
  },
  {
    reason: 'help on nothing',
    args: ['help', 'mend'],
    says: '`twinlock` knows no command `mend`.',
  },
  { reason: 'a name of every object', args: ['toString'], says: 'no command `toString`' },
  { reason: 'an unknown option', args: ['authenticator', 'list', '--long'], says: "'--long'" },
  { reason: 'a missing value', args: ['authenticator', 'list', '--file'], says: '--file' },
  { reason: 'a value too many', args: ['authenticator', 'list', '--json=1'], says: '--json' },
  { reason: 'an argument too many', args: ['authenticator', 'list', 'dev'], says: '`dev`' },
  { reason: 'an argument too few', args: ['authenticator', 'code'], says: 'NAME' },
  { reason: 'an unknown option of start', args: ['start', '--long'], says: "'--long'" },
  { reason: 'a wrong value of start', args: ['start', '--listen', 'here'], says: '--listen' },
  { reason: 'a NAME without --authenticator', args: ['mfa', 'enroll', 'phone'], says: '`phone`' },
]) {
  test(`${reason} is one sentence on stderr, and status 2`, async () => {
    await using world = await newWorld()
    const { status, stdout, stderr } = await world.twinlock(args)
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^twinlock: [^\n]+ Try `twinlock help[a-z ]*`\.\n$/)
    assert.ok(stderr.includes(says), stderr)
  })
}

test('who has typed a command wrongly is sent to the help on that command', async () => {
  await using world = await newWorld()
  const { stderr } = await world.twinlock(['policy', 'lint', '--long'])
  assert.match(stderr, / Try `twinlock help policy lint`\.\n$/)
})

test('whatever else goes wrong is one line and status 1, and its stack is there for who asks', async () => {
  await using world = await newWorld()
  const broken = () => new Keyboard('').destroy(new TypeError('x is not a function'))
  const lint = () => world.twinlock(['policy', 'lint', '-'], { input: broken() })
  const { status, stdout, stderr } = await lint()
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /^twinlock: a fault of ours: [^\n]+ Set TWINLOCK_DEBUG=1 for the stack\.\n$/)
  world.env['TWINLOCK_DEBUG'] = '1'
  assert.match(
    (await lint()).stderr,
    /^twinlock: a fault of ours: TypeError: x is not a function\n +at /,
  )
})
