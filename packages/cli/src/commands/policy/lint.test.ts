import assert from 'node:assert/strict'
import { chmod, lstat, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type World, newWorld } from '../../../test/world.ts'
import { replaceDocument } from './linting/correction.ts'

const HOLE = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
    {
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "false" } }
    }
  ]
}
`
const SOUND = HOLE.replace('"Bool"', '"BoolIfExists"')

async function file(world: World, name: string, text: string) {
  const path = join(world.home, name)
  await writeFile(path, text)
  return path
}

const lint = (world: World, ...args: readonly string[]) =>
  world.twinlock(['policy', 'lint', ...args])

test('a hole is told with its place, its line, the reason and the correction', async () => {
  await using world = await newWorld()
  const path = await file(world, 'hole.json', HOLE)
  const { status, stdout, stderr } = await lint(world, path, '--severity', 'error')
  assert.equal(status, 1)
  assert.match(stdout, /^\S+hole\.json:9:\d+: error MFA001 \(deny-misses-access-keys\)\n/)
  assert.match(stdout, /^ {2}9 \| {7}"Condition": \{ "Bool"/m)
  assert.match(stdout, /^ {4}\| +\^+$/m)
  assert.match(stdout, /^ {2}- .*"Bool"/m)
  assert.match(stdout, /^ {2}\+ .*"BoolIfExists"/m)
  assert.match(stdout, /^ {2}https:\/\/docs\.aws\.amazon\.com\//m)
  assert.match(stderr, /^twinlock: 1 error.* in one document\.\n$/)
})

test('the policy that AWS documents has no errors, and the command succeeds', async () => {
  await using world = await newWorld()
  const { status, stdout, stderr } = await lint(
    world,
    await file(world, 'sound.json', SOUND),
    '--severity',
    'warning',
  )
  assert.deepEqual([status, stdout], [0, ''])
  assert.match(stderr, / in one document\.\n$/)
})

test('--fail-on says what fails', async () => {
  await using world = await newWorld()
  const path = await file(world, 'hole.json', HOLE)
  assert.equal((await lint(world, path, '--fail-on', 'never')).status, 0)
  const sound = await file(world, 'sound.json', SOUND.replaceAll('s3:*', 's3:GetObjct'))
  assert.equal((await lint(world, sound)).status, 0)
  assert.equal((await lint(world, sound, '--fail-on', 'warning')).status, 1)
})

test('--fix corrects the file and nothing but what is wrong, and a second time changes nothing', async () => {
  await using world = await newWorld()
  const path = await file(world, 'hole.json', HOLE)
  await chmod(path, 0o640)
  const { status, stderr } = await lint(world, path, '--fix')
  assert.equal(status, 0)
  assert.match(stderr, /^\S+hole\.json: corrected MFA001\.\n/)
  assert.equal(await readFile(path, 'utf8'), SOUND)
  assert.equal((await stat(path)).mode & 0o777, 0o640)
  assert.doesNotMatch((await lint(world, path, '--fix')).stderr, /corrected/)
})

test('without --fix no file is written', async () => {
  await using world = await newWorld()
  const path = await file(world, 'hole.json', HOLE)
  await lint(world, path)
  assert.equal(await readFile(path, 'utf8'), HOLE)
})

test('a link stays a link, and what it names is corrected', async () => {
  await using world = await newWorld()
  const path = await file(world, 'hole.json', HOLE)
  const link = join(world.home, 'link.json')
  await symlink(path, link)
  await lint(world, link, '--fix')
  assert.ok((await lstat(link)).isSymbolicLink())
  assert.equal(await readFile(path, 'utf8'), SOUND)
})

test('a file that has changed since it was read is left as it is', async () => {
  await using world = await newWorld()
  const path = await file(world, 'hole.json', 'somebody else’s')
  await assert.rejects(replaceDocument(path, HOLE, SOUND), /has changed/)
  assert.equal(await readFile(path, 'utf8'), 'somebody else’s')
})

test('a document that AWS would refuse is one finding, with its place', async () => {
  await using world = await newWorld()
  const { status, stdout } = await lint(world, await file(world, 'bad.json', '{"Version": 7}'))
  assert.equal(status, 1)
  assert.match(stdout, /^\S+bad\.json:1:\d+: error DOC001 \(refused\)\n/)
})

test('stdin is linted, and the kind is told from the elements or by --kind', async () => {
  await using world = await newWorld()
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }],
  })
  const ask = ['policy', 'lint', '-', '--json']
  const { stdout } = await world.twinlock(ask, { input: trust })
  const [document] = JSON.parse(stdout).documents
  assert.deepEqual([document.name, document.kind], ['<stdin>', 'trust'])
  assert.ok(document.findings.some(({ code }: { code: string }) => code === 'TRUST002'))
  const other = await world.twinlock([...ask, '--kind', 'identity'], { input: trust })
  assert.equal(JSON.parse(other.stdout).documents[0].findings[0].code, 'DOC001')
})

test('JSON has each finding with its range and the corrected document', async () => {
  await using world = await newWorld()
  const { stdout } = await lint(world, await file(world, 'hole.json', HOLE), '--json')
  const found = JSON.parse(stdout).documents[0].findings.find(
    ({ code }: { code: string }) => code === 'MFA001',
  )
  assert.equal(found.fix, SOUND)
  assert.equal(found.start.line, 9)
  assert.equal(found.severity, 'error')
})

test('a document in one line is quoted around the guilty part, and each line fits', async () => {
  await using world = await newWorld()
  const minified = JSON.stringify(JSON.parse(HOLE))
  const { stdout } = await lint(world, await file(world, 'one.json', minified))
  assert.match(stdout, /^ {2}1 \| …/m)
  assert.match(stdout, /^ {2}- +"Bool": \{/m)
  for (const line of stdout.split('\n')) {
    assert.ok(line.length <= 80 || line.includes(world.home) || line.includes('https:'), line)
  }
})

for (const { reason, args, says } of [
  { reason: 'nothing to look at', args: [], says: /FILEs, --endpoint/ },
  { reason: 'files beside an account', args: ['a', '--endpoint'], says: /`a`/ },
  { reason: 'correcting an account', args: ['--endpoint', '--fix'], says: /--fix/ },
  { reason: 'correcting stdin', args: ['-', '--fix'], says: /stdin/ },
  { reason: 'an unknown severity', args: ['a', '--fail-on', 'hint'], says: /--fail-on takes/ },
]) {
  test(`${reason} is typed wrongly`, async () => {
    await using world = await newWorld()
    const { status, stdout, stderr } = await lint(world, ...args)
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, says)
  })
}

test('an unknown kind is typed wrongly', async () => {
  await using world = await newWorld()
  const path = await file(world, 'hole.json', HOLE)
  assert.equal((await lint(world, path, '--kind', 'vpc')).status, 2)
})

test('the policies of an account are named by those who have them', async () => {
  await using world = await newWorld()
  const account = '123456789012'
  const details = {
    UserDetailList: [
      {
        Path: '/',
        UserName: 'ana',
        UserId: 'AIDAEXAMPLEEXAMPLE01',
        Arn: `arn:aws:iam::${account}:user/ana`,
        GroupList: ['people'],
      },
    ],
    GroupDetailList: ['people', 'nobody'].map(GroupName => ({
      GroupName,
      Arn: `arn:aws:iam::${account}:group/${GroupName}`,
      GroupPolicyList: [{ PolicyName: 'mfa', PolicyDocument: JSON.parse(HOLE) }],
    })),
    RoleDetailList: [],
    Policies: [],
  }
  const path = await file(world, 'details.json', JSON.stringify(details))
  const { status, stdout } = await lint(world, '--account-details', path, '--severity', 'error')
  assert.equal(status, 1)
  assert.match(stdout, /^group\/people\/mfa:\d+:\d+: error MFA001/m)
  assert.match(stdout, /^ {2}of arn:aws:iam::123456789012:user\/ana$/m)
  assert.match(stdout, /^group\/nobody\/mfa:\d+:\d+: error MFA001/m)
})

test('what an editor does not show is told', async () => {
  await using world = await newWorld()
  const marked = await file(world, 'marked.json', `\uFEFF${SOUND}`)
  assert.match((await lint(world, marked)).stdout, /begins with a byte order mark/)
  const empty = await file(world, 'empty.json', '')
  assert.match((await lint(world, empty)).stdout, /The document is empty\./)
})

test('an account with nobody in it is told of, for it has no faults', async () => {
  await using world = await newWorld()
  const nobody = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }
  const path = await file(world, 'details.json', JSON.stringify(nobody))
  const { status, stderr } = await lint(world, '--account-details', path)
  assert.equal(status, 0)
  assert.match(
    stderr,
    /^twinlock: the account has no users and no roles: is \S+ the right file\?\n/,
  )
})

test('a document that ends early, or says nothing, is told so beside what AWS answers', async () => {
  await using world = await newWorld()
  const cut = await lint(world, await file(world, 'cut.json', '{ "Version": "2012-10-17",\n'))
  assert.match(cut.stdout, /Syntax errors in policy\. The JSON ends before it is complete\./)
  const none = await lint(world, await file(world, 'none.json', '{}'))
  assert.match(none.stdout, /It has no Statement\./)
  const wrong = await lint(world, await file(world, 'wrong.json', '{ "a" "b" }'))
  assert.match(wrong.stdout, /Syntax errors in policy\.$/m)
})

const ALONE = { Path: '/', UserName: 'ana', UserId: 'AIDAEXAMPLEEXAMPLE01' }
const POWER = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
}

/** An account of one user, who has these policies. */
const accountOf = (...policies: readonly object[]) =>
  JSON.stringify({
    UserDetailList: [
      {
        ...ALONE,
        Arn: 'arn:aws:iam::123456789012:user/ana',
        UserPolicyList: policies.map((PolicyDocument, index) => ({
          PolicyName: `p${index}`,
          PolicyDocument,
        })),
      },
    ],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  })

test('an administrator whom nothing asks for MFA is an error, though no document has a fault', async () => {
  await using world = await newWorld()
  const all = { ...POWER, Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }
  const path = await file(world, 'details.json', accountOf(all))
  const { status, stdout, stderr } = await lint(world, '--account-details', path)
  assert.equal(status, 1)
  assert.match(stdout, /^account: error ACC004 \(administrator-without-mfa\)\n {2}Nothing asks/m)
  assert.match(stdout, /^ {2}of arn:aws:iam::123456789012:user\/ana$/m)
  assert.match(stderr, /^twinlock: root is not in \S+details\.json: /)
  assert.match(stderr, /\ntwinlock: 1 error in the account and its one document\.\n$/)

  const { stdout: json } = await lint(world, '--account-details', path, '--json')
  const [found] = JSON.parse(json).account
  assert.deepEqual(
    [found.code, found.severity, found.users],
    ['ACC004', 'error', ['arn:aws:iam::123456789012:user/ana']],
  )
})

test('who is no administrator and is never asked for MFA is a warning; a deny-unless-MFA silences it', async () => {
  await using world = await newWorld()
  const power = await file(world, 'details.json', accountOf(POWER))
  const warned = await lint(world, '--account-details', power)
  assert.equal(warned.status, 0)
  assert.match(warned.stdout, /^account: warning ACC005 \(user-without-mfa-policy\)$/m)
  assert.equal((await lint(world, '--account-details', power, '--fail-on', 'warning')).status, 1)

  const sound = await file(world, 'sound.json', accountOf(POWER, JSON.parse(SOUND)))
  const some = await lint(world, '--account-details', sound)
  assert.doesNotMatch(some.stdout, /ACC00[45]/)
  const nothing = await file(world, 'nothing.json', accountOf())
  assert.doesNotMatch((await lint(world, '--account-details', nothing)).stdout, /ACC00/)
})

test('a user with a policy that the details do not have is no user without faults', async () => {
  await using world = await newWorld()
  const details = JSON.parse(accountOf())
  const AttachedManagedPolicies = [
    { PolicyName: 'All', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ]
  Object.assign(details.UserDetailList[0], { AttachedManagedPolicies })
  const path = await file(world, 'details.json', JSON.stringify(details))
  const { status, stderr } = await lint(world, '--account-details', path)
  assert.equal(status, 1)
  assert.match(
    stderr,
    /^twinlock: not all policies of arn:aws:iam::123456789012:user\/ana can be read/m,
  )
  assert.match(stderr, /; not everybody could be looked at\.\n$/)
  assert.equal((await lint(world, '--account-details', path, '--fail-on', 'never')).status, 0)
})
