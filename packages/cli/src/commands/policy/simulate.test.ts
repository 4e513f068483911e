import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { test } from 'node:test'
import { type World, newWorld } from '../../../test/world.ts'

const USER = 'arn:aws:iam::123456789012:user/ana'
const ROLE = 'arn:aws:iam::123456789012:role/deploy'

const statement = (more: object) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })
const denyWithoutMfa = (operator: string) =>
  statement({
    Sid: 'DenyWithoutMFA',
    Effect: 'Deny',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
  })
const trustWithMfa = (Principal: object) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
})

/** Writes the statements as a policy into a file, and answers its name. */
async function policy(world: World, name: string, ...Statement: readonly object[]) {
  const path = join(world.home, name)
  await writeFile(path, JSON.stringify({ Version: '2012-10-17', Statement }, null, 2))
  return path
}

const simulate = (world: World, ...args: readonly string[]) =>
  world.twinlock(['policy', 'simulate', ...args])

/** The cells of a table's line. */
const cells = (stdout: string, head: string) =>
  stdout
    .split('\n')
    .find(line => line.startsWith(`${head} `))
    ?.split(/ {2,}/)
    .slice(1)

test('the policy that AWS documents denies without MFA, by a key and by a session', async () => {
  await using world = await newWorld()
  const work = await policy(world, 'work.json', statement({ Action: 's3:*' }))
  const deny = await policy(world, 'deny.json', denyWithoutMfa('BoolIfExists'))
  const { status, stdout, stderr } = await simulate(
    world,
    '--policy',
    work,
    deny,
    '--action',
    's3:GetObject',
  )
  assert.deepEqual([status, stderr], [0, ''])
  assert.deepEqual(cells(stdout, 's3:GetObject'), ['explicit deny', 'allowed', 'allowed'])
})

test('Bool instead of BoolIfExists lets a long-term key through, and the place is told', async () => {
  await using world = await newWorld()
  const hole = await policy(world, 'hole.json', statement({}), denyWithoutMfa('Bool'))
  const { stdout } = await simulate(world, '--policy', hole, '--action', 's3:GetObject')
  assert.deepEqual(cells(stdout, 's3:GetObject'), ['key: allowed', 'allowed', 'allowed'])
  assert.match(stdout, /^ +session: explicit deny$/m)
  assert.match(stdout, /A long-term key passes where a session without MFA/)
  assert.match(stdout, /Deny DenyWithoutMFA at \S+hole\.json:9:5\n/)
  assert.match(stdout, /key: is absent, does not hold\n +session: is "false", holds\n/)
})

test('MFA grows stale after the seconds that are given', async () => {
  await using world = await newWorld()
  const age = { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }
  const fresh = await policy(world, 'fresh.json', statement(age))
  const ask = ['--policy', fresh, '--action', 's3:GetObject']
  const after = async (...more: readonly string[]) =>
    cells((await simulate(world, ...ask, ...more)).stdout, 's3:GetObject')
  assert.deepEqual(await after(), ['implicit deny', 'allowed', 'implicit deny'])
  assert.deepEqual(await after('--stale-after', '3599'), ['implicit deny', 'allowed', 'allowed'])
})

test('each line fits into eighty columns, whatever the names', async () => {
  await using world = await newWorld()
  const hole = await policy(world, 'hole.json', statement({}), denyWithoutMfa('Bool'))
  const { stdout } = await simulate(world, '--policy', hole, '--action', 'iam:*', 'xray:*')
  const lines = stdout.split('\n').filter(line => !line.includes(world.home))
  assert.ok(lines.length > 100)
  for (const line of lines) assert.ok(line.length <= 80, line)
})

test('wildcards in actions and several resources make a table each', async () => {
  await using world = await newWorld()
  const one = await policy(world, 'one.json', statement({ Resource: 'arn:aws:s3:::a/*' }))
  const resources = ['--resource', 'arn:aws:s3:::a/k', 'arn:aws:s3:::b/k']
  const ask = ['--policy', one, ...resources]
  const several = await simulate(world, ...ask, '--action', 's3:Get*', 's3:PutObject')
  assert.match(several.stdout, /^on arn:aws:s3:::a\/k\n\nACTION/)
  assert.deepEqual(cells(several.stdout, 's3:GetObject'), ['allowed', 'allowed', 'allowed'])
  const single = await simulate(world, ...ask, '--action', 's3:PutObject')
  assert.match(single.stdout, /^s3:PutObject\n\nRESOURCE/)
  assert.equal(cells(single.stdout, 'arn:aws:s3:::b/k')?.[1], 'implicit deny')
})

test('a trust policy and the age it wants: who may assume the role, and when', async () => {
  await using world = await newWorld()
  const trust = await policy(world, 'trust.json', trustWithMfa({ AWS: USER }))
  const { stdout } = await simulate(world, '--trust', trust, '--caller', USER, '--resource', ROLE)
  assert.deepEqual(cells(stdout, 'sts:AssumeRole'), ['implicit deny', 'allowed', 'implicit deny'])
})

test('from another account a trust policy is half of it: the caller’s policies must allow too', async () => {
  await using world = await newWorld()
  const trust = await policy(world, 'trust.json', trustWithMfa({ AWS: '123456789012' }))
  const other = ROLE.replace('123456789012', '210987654321')
  const ask = ['--trust', trust, '--caller', USER, '--resource', other]
  assert.equal(
    cells((await simulate(world, ...ask)).stdout, 'sts:AssumeRole')?.[1],
    'implicit deny',
  )
  const may = await policy(world, 'may.json', statement({ Action: 'sts:AssumeRole' }))
  const { stdout } = await simulate(world, ...ask, '--policy', may)
  assert.deepEqual(cells(stdout, 'sts:AssumeRole'), ['implicit deny', 'allowed', 'implicit deny'])
})

test('boundaries, session policies and every level of SCPs must allow', async () => {
  await using world = await newWorld()
  const all = await policy(world, 'all.json', statement({}))
  const none = await policy(world, 'none.json', statement({ Action: 'ec2:*' }))
  const deny = await policy(world, 'deny.json', denyWithoutMfa('BoolIfExists'))
  const ask = ['--policy', all, '--action', 's3:GetObject', '--json']
  const freshWith = async (...more: readonly string[]) => {
    const { stdout } = await simulate(world, ...ask, ...more)
    const { decision, deniedBy } = JSON.parse(stdout).results[0].freshMfa
    return deniedBy ?? decision
  }
  assert.equal(await freshWith(), 'allowed')
  assert.equal(await freshWith('--boundary', none), 'permissions boundary')
  assert.equal(await freshWith('--session', none), 'session policy')
  assert.equal(await freshWith('--scp', 'FullAWSAccess', '--scp', deny), 'service control policy')
  assert.equal(await freshWith('--scp', 'FullAWSAccess', deny), 'allowed')
})

test('a level of SCPs that only deny is wondered at', async () => {
  await using world = await newWorld()
  const all = await policy(world, 'all.json', statement({}))
  const deny = await policy(world, 'deny.json', denyWithoutMfa('BoolIfExists'))
  const ask = ['--policy', all, '--action', 's3:GetObject', '--scp']
  assert.match(
    (await simulate(world, ...ask, deny)).stderr,
    /level 1 of SCPs \(\S+\) allows nothing/,
  )
  assert.equal((await simulate(world, ...ask, deny, 'FullAWSAccess')).stderr, '')
})

test('a resource’s own policy may give what no other does', async () => {
  await using world = await newWorld()
  const bucket = await policy(
    world,
    'bucket.json',
    statement({ Principal: { AWS: USER }, Resource: 'arn:aws:s3:::b/*' }),
  )
  const ask = ['--resource-policy', bucket, '--resource', 'arn:aws:s3:::b/k', '--caller', USER]
  const { stdout } = await simulate(world, ...ask, '--action', 's3:GetObject')
  assert.deepEqual(cells(stdout, 's3:GetObject'), ['allowed', 'allowed', 'allowed'])
})

test('the tree tells the steps, the statements with their places, and each condition', async () => {
  await using world = await newWorld()
  const hole = await policy(world, 'hole.json', statement({}), denyWithoutMfa('Bool'))
  const { stdout } = await simulate(world, '--policy', hole, '--action', 's3:GetObject', '--tree')
  assert.match(stdout, /├─ no MFA, long-term key: allowed\n│ {2}└─ identity-based policy: allows/)
  assert.match(stdout, /✗ Deny DenyWithoutMFA {2}\S+hole\.json:9:5\n/)
  assert.match(stdout, /✗ Bool aws:MultiFactorAuthPresent "false": is absent\n/)
  assert.match(stdout, /no MFA, session: explicit deny\n│ {2}└─ identity-based policy: denies/)
  assert.doesNotMatch(stdout, /missing/)
})

test('what a policy says is not obeyed by the terminal', async () => {
  await using world = await newWorld()
  const evil = { Condition: { StringEquals: { 'aws:\u001b[2Jx': '\u009b1mred' } } }
  const path = await policy(world, 'evil.json', statement(evil))
  const ask = ['--policy', path, '--action', 's3:GetObject']
  for (const more of [[], ['--tree']]) {
    const { stdout } = await simulate(world, ...ask, ...more)
    assert.match(stdout, /aws:\\u001b\[2Jx/)
    assert.doesNotMatch(stdout, /[\u001b\u009b]/)
  }
})

test('sessions of a role have no MFA, and the answer says so', async () => {
  await using world = await newWorld()
  const all = await policy(world, 'all.json', statement({}))
  const ask = ['--policy', all, '--action', 's3:GetObject', '--caller', ROLE]
  assert.match((await simulate(world, ...ask)).stdout, /sessions of a role have no MFA/)
})

test('missing keys are told, and can be given', async () => {
  await using world = await newWorld()
  const home = { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }
  const path = await policy(world, 'home.json', statement(home))
  const ask = ['--policy', path, '--action', 's3:GetObject']
  assert.match((await simulate(world, ...ask)).stdout, /did not have aws:SourceIp/)
  const { stdout } = await simulate(world, ...ask, '--context', 'aws:SourceIp=192.0.2.7')
  assert.deepEqual(cells(stdout, 's3:GetObject'), ['allowed', 'allowed', 'allowed'])
  assert.doesNotMatch(stdout, /SourceIp/)
})

test('JSON has a stable shape', async () => {
  await using world = await newWorld()
  const hole = await policy(world, 'hole.json', denyWithoutMfa('BoolIfExists'))
  const ask = ['--policy', hole, '--action', 's3:GetObject', '--json', '--caller', USER]
  const plain = JSON.parse((await simulate(world, ...ask)).stdout)
  const { context, ...result } = plain.results[0]
  assert.deepEqual(
    { ...plain, results: [result] },
    {
      caller: USER,
      staleAfterSeconds: 43_200,
      results: [
        {
          action: 's3:GetObject',
          resource: '*',
          ...Object.fromEntries(
            ['longTermKey', 'noMfaSession'].map(state => [
              state,
              {
                decision: 'explicitDeny',
                deniedBy: 'identity-based policy',
                matchedStatements: [
                  {
                    source: { type: 'inline', name: hole },
                    Sid: 'DenyWithoutMFA',
                    start: { line: 3, column: 17 },
                    end: { line: 14, column: 6 },
                  },
                ],
                missingKeys: state === 'longTermKey' ? ['aws:MultiFactorAuthPresent'] : [],
              },
            ]),
          ),
          ...Object.fromEntries(
            ['freshMfa', 'staleMfa'].map(state => [
              state,
              {
                decision: 'implicitDeny',
                deniedBy: 'identity-based policy',
                matchedStatements: [],
                missingKeys: [],
              },
            ]),
          ),
        },
      ],
    },
  )
  assert.equal(context['aws:username'], 'ana')
  const told = JSON.parse((await simulate(world, ...ask, '--tree')).stdout)
  assert.equal(told.results[0].longTermKey.steps[0].outcome, 'denies')
  assert.equal(told.results[0].longTermKey.steps[0].statements[0].conditions[0].actual, null)
})

test('--expect makes a test of it', async () => {
  await using world = await newWorld()
  const hole = await policy(world, 'hole.json', statement({}), denyWithoutMfa('Bool'))
  const ask = ['--policy', hole, '--action', 's3:GetObject', '--expect']
  assert.equal((await simulate(world, ...ask, 'key=allow,session=deny,fresh=allow')).status, 0)
  const { status, stderr } = await simulate(world, ...ask, 'no=deny,fresh=allow,stale=deny')
  assert.equal(status, 1)
  assert.equal(
    stderr,
    [
      's3:GetObject on * with a long-term key: expected deny, got allow.',
      's3:GetObject on * with stale MFA: expected deny, got allow.',
      'twinlock: 2 answers are not as expected.\n',
    ].join('\n'),
  )
})

test('STS asks no policy about GetSessionToken, not even one that denies it', async () => {
  await using world = await newWorld()
  const deny = await policy(world, 'deny.json', statement({ Effect: 'Deny' }))
  const ask = ['--policy', deny, '--action', 'sts:GetSessionToken', 's3:GetObject']
  const { stdout } = await simulate(world, ...ask)
  assert.deepEqual(cells(stdout, 'sts:GetSessionToken'), ['allowed', 'allowed', 'allowed'])
  assert.equal(cells(stdout, 's3:GetObject')?.[1], 'explicit deny')
})

test('a document on stdin is a document', async () => {
  await using world = await newWorld()
  const input = JSON.stringify({ Version: '2012-10-17', Statement: statement({}) })
  const ask = ['policy', 'simulate', '--policy', '-', '--action', 's3:GetObject']
  const { stdout } = await world.twinlock(ask, { input })
  assert.deepEqual(cells(stdout, 's3:GetObject'), ['allowed', 'allowed', 'allowed'])
  const twice = await world.twinlock([...ask, '--boundary', '-'], { input })
  assert.equal(twice.status, 2)
})

test('a document that AWS would refuse is told with its place, and nothing is answered', async () => {
  await using world = await newWorld()
  const path = join(world.home, 'bad.json')
  await writeFile(path, '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow" }]\n}')
  const { status, stdout, stderr } = await simulate(
    world,
    '--policy',
    path,
    '--action',
    's3:GetObject',
  )
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /^twinlock: \S+bad\.json:3:\d+: Policy statement must contain actions\.\n$/)
})

test('an action that nobody documents is asked about, and wondered at', async () => {
  await using world = await newWorld()
  const all = await policy(world, 'all.json', statement({}))
  const { status, stderr } = await simulate(world, '--policy', all, '--action', 's3:GetObjct')
  assert.equal(status, 0)
  assert.match(stderr, /no action s3:GetObjct/)
})

test('a terminal gets colours, unless its owner wants none', async () => {
  await using world = await newWorld()
  const all = await policy(world, 'all.json', statement({}))
  const ask = ['policy', 'simulate', '--policy', all, '--action', 's3:GetObject']
  const { stdout } = await world.twinlock(ask, { terminal: true })
  assert.notEqual(stripVTControlCharacters(stdout), stdout)
  world.env['NO_COLOR'] = '1'
  const plain = await world.twinlock(ask, { terminal: true })
  assert.equal(plain.stdout, stripVTControlCharacters(stdout))
})

for (const { reason, args, says } of [
  { reason: 'no action', args: [], says: /--action/ },
  { reason: 'no ARN', args: ['--action', 's3:Get*', '--resource', 'b'], says: /`b`/ },
  {
    reason: 'a trust policy for nobody',
    args: ['--trust', 'x', '--resource', ROLE],
    says: /--caller/,
  },
  {
    reason: 'a trust policy of no role',
    args: ['--trust', 'x', '--caller', USER],
    says: /--resource/,
  },
  {
    reason: 'two callers',
    args: ['--principal', 'a', '--caller', USER, '--action', 's3:Get*'],
    says: /leave out --caller/,
  },
  {
    reason: 'an unknown column',
    args: ['--action', 's3:Get*', '--expect', 'none=deny'],
    says: /`none=deny`/,
  },
  {
    reason: 'an unknown outcome',
    args: ['--action', 's3:Get*', '--expect', 'no=denied'],
    says: /=allow or =deny/,
  },
  {
    reason: 'no number of seconds',
    args: ['--action', 's3:Get*', '--stale-after', '1h'],
    says: /`1h`/,
  },
]) {
  test(`${reason} is typed wrongly`, async () => {
    await using world = await newWorld()
    const { status, stdout, stderr } = await simulate(world, ...args)
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, says)
  })
}

test('an answer is as long as it has to be', async () => {
  await using world = await newWorld()
  const work = await policy(world, 'work.json', statement({}))
  const { status, stdout } = await simulate(world, '--policy', work, '--action', '*:*', '--tree')
  assert.equal(status, 0)
  assert.match(stdout, /^iam:EnableMFADevice on \*$/m)
})

test('without any policy nothing is asked', async () => {
  await using world = await newWorld()
  const { status, stderr } = await simulate(world, '--action', 's3:GetObject')
  assert.equal(status, 2)
  assert.match(stderr, /whose policies\?/)
})

test('a directory in the place of a document is named', async () => {
  await using world = await newWorld()
  const { status, stderr } = await simulate(world, '--policy', world.home, '--action', 's3:*')
  assert.equal(status, 1)
  assert.equal(stderr, `twinlock: ${world.home}: it is a directory (EISDIR).\n`)
})

test('under --expect an action that AWS does not document proves nothing', async () => {
  await using world = await newWorld()
  const deny = await policy(world, 'deny.json', denyWithoutMfa('BoolIfExists'))
  const ask = ['--policy', deny, '--action', 'iam:DeleteUsr', 'iam:DeleteUser']
  assert.equal((await simulate(world, ...ask)).status, 0)
  const test = [...ask, '--expect', 'no=deny']
  const { status, stderr } = await simulate(world, ...test)
  assert.equal(status, 1)
  assert.match(
    stderr,
    /^twinlock: AWS documents no action iam:DeleteUsr; .*\ntwinlock: of an action/,
  )
  assert.equal((await simulate(world, ...test, '--allow-unknown-actions')).status, 0)
})
