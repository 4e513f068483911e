// The document vectors, positions, and the promise that parsing throws PolicyError or nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Document, readVectors } from '../test/vectors.ts'
import { parsePolicy, PolicyError, type PolicyKind } from './index.ts'

type DocumentCase = {
  readonly title: string
  readonly kind: PolicyKind
  readonly managed?: boolean
  readonly document?: Document
  readonly text?: string
  readonly message?: string
}

for (const file of [
  'documents.json',
  'trust-documents.json',
  'resource-documents.json',
  'scp-documents.json',
  'rcp-documents.json',
]) {
  test(`${file}: a document is stored, or refused in AWS's words`, async t => {
    for (const {
      title,
      kind,
      managed = false,
      document,
      text,
      message,
    } of readVectors<DocumentCase>(file).cases) {
      await t.test(title, () => {
        assert.equal(refusalOf(text ?? JSON.stringify(document), kind, managed), message)
      })
    }
  })
}

function refusalOf(text: string, kind: PolicyKind, managed: boolean): string | undefined {
  try {
    parsePolicy(text, kind, { managed })
    return undefined
  } catch (error) {
    assert.ok(error instanceof PolicyError)
    const ofOrganizations = kind === 'scp' || kind === 'rcp'
    assert.equal(
      error.code,
      ofOrganizations ? 'MalformedPolicyDocumentException' : 'MalformedPolicyDocument',
    )
    return error.message
  }
}

// Start and end as SimulateCustomPolicy was seen to report them.
for (const { text, positions } of [
  {
    text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}',
    positions: ['1:38-1:95', '1:95-1:152'],
  },
  {
    text: '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"DateNotEquals": {"aws:RequestTag/value": "2030-01-01T00:00:00Z"}}}}',
    positions: ['1:41-1:184'],
  },
  {
    text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "*", "Resource": "*"\n    }\n  ]\n}',
    positions: ['3:17-7:6'],
  },
]) {
  test(`a statement stands from the end of the token before it to its last brace: ${positions.join(', ')}`, () => {
    const { statements } = parsePolicy(text, 'identity')
    assert.deepEqual(
      statements.map(({ start, end }) => `${start.line}:${start.column}-${end.line}:${end.column}`),
      positions,
    )
  })
}

test('a refusal says where it shows', () => {
  assert.throws(
    () => parsePolicy('{\n  "Version": "2012-10-17",\n  "Statement": [,]\n}', 'identity'),
    { code: 'MalformedPolicyDocument', position: { line: 3, column: 17 } },
  )
})

for (const principal of [
  'arn:aws:iam::123456789012:user/a\0b',
  'arn:aws:iam::123456789012:role/\0',
  'arn:aws:iam::123456789012:user/\0/ana',
  'arn:aws:iam::123456789012:user/ana!',
  'arn:aws:iam::123456789012:user/zoë',
  'arn:aws:iam::123456789012:user/team/',
  'arn:aws:sts::123456789012:assumed-role/a\0/b',
  'arn:aws:sts::123456789012:assumed-role/a/b\0',
  'arn:aws:sts::123456789012:federated-user/\0',
]) {
  test(`no name that AWS gives out has other characters than its own: ${JSON.stringify(principal)}`, () => {
    assert.equal(
      refusalOf(trustIn({ AWS: principal }), 'trust', false),
      `Invalid principal in policy: "AWS":"${principal}"`,
    )
  })
}

test('paths have all printable characters, names letters, digits and +=,.@_-', () => {
  for (const resource of ['user/a!~/b(c)/zoe+=,.@_-9', 'role/a//r']) {
    const AWS = `arn:aws:iam::123456789012:${resource}`
    assert.equal(refusalOf(trustIn({ AWS }), 'trust', false), undefined)
  }
  const Federated = 'arn:aws:iam::123456789012:oidc-provider/a.example.com/\0'
  assert.equal(
    refusalOf(trustIn({ Federated }), 'trust', false),
    'Federated principals must be valid domain names or SAML metadata ARNs',
  )
})

const trustIn = (Principal: Readonly<Record<string, string>>) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' },
  })

test('nesting has an end, long before that of the stack', () => {
  for (const text of ['['.repeat(100_000), '{"a":'.repeat(100_000)]) {
    assert.throws(() => parsePolicy(text, 'identity'), PolicyError)
  }
})

const KINDS = ['identity', 'boundary', 'session', 'trust', 'resource', 'scp', 'rcp'] as const

test('no text makes parsePolicy throw anything but PolicyError', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), mutatedDocument()),
      fc.constantFrom(...KINDS),
      (text, kind) => {
        try {
          parsePolicy(text, kind)
        } catch (error) {
          assert.ok(error instanceof PolicyError)
        }
      },
    ),
    { numRuns: 1500 },
  )
})

/** Something that is nearly a policy. */
function mutatedDocument(): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.constantFrom(
      '*',
      's3:*',
      'arn:aws:s3:::b',
      'arn:aws',
      '${',
      '${aws:username}',
      'Allow',
      'a:b:c:d:e:f',
      '1e99',
      '::',
    ),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const values = fc.oneof(value, fc.array(value, { maxLength: 3 }))
  const operator = fc.constantFrom(
    'StringLike',
    'Null',
    'DateEquals',
    'ArnLike',
    'IpAddress',
    'NumericEquals',
    'BinaryEquals',
    'x',
  )
  const condition = fc.oneof(
    values,
    fc.dictionary(operator, fc.oneof(values, fc.dictionary(fc.constantFrom('a', 'aws:x'), values))),
  )
  const statement = fc.record(
    {
      Sid: value,
      Effect: fc.oneof(fc.constantFrom('Allow', 'Deny', 'deny'), value),
      Principal: fc.oneof(
        values,
        fc.dictionary(fc.constantFrom('AWS', 'Service', 'Federated', 'x'), values),
      ),
      Action: values,
      NotAction: values,
      Resource: values,
      NotResource: values,
      Condition: condition,
    },
    { requiredKeys: ['Effect'] },
  )
  return fc
    .record({
      Version: fc.constantFrom('2012-10-17', '2008-10-17', 1),
      Statement: fc.oneof(statement, fc.array(statement)),
    })
    .map(document => JSON.stringify(document))
}

test('a trust policy that AWS has already may be older than what is asked of new ones', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: 'token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
      },
    },
  })
  assert.throws(() => parsePolicy(text, 'trust'), PolicyError)
  assert.equal(parsePolicy(text, 'trust', { stored: true }).statements.length, 1)
})
