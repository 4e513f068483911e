// Answers as the SDK's own parsers read them, and as they look on the wire.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import fc from 'fast-check'
import { iamClient, stsClient } from '../../test/sdk-clients.ts'
import { AwsError } from '../errors.ts'
import { modelOf, type Operation } from '../model/model.ts'
import { envelopeFor } from './envelope.ts'
import { JSON_ENVELOPE } from './json.ts'
import { XML_ENVELOPE } from './xml.ts'

const REQUEST_ID = '11111111-2222-4333-8444-555555555555'

function operation(service: 'iam' | 'sts', name: string): Operation {
  const found = modelOf(service).findOperation(name)
  assert(found !== undefined)
  return found
}

const answering = (service: 'iam' | 'sts', name: string, result: object) => () => ({
  status: 200,
  body: XML_ENVELOPE.encodeResult(operation(service, name), result, REQUEST_ID),
})

/** An output of the SDK without its metadata. */
function members({ $metadata: _metadata, ...output }: { readonly $metadata: unknown }) {
  return output
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const time = fc.integer({ min: 0, max: 4_102_444_800 }).map(seconds => new Date(seconds * 1000))
const user = fc.record(
  { Path: text, UserName: text, UserId: text, Arn: text, CreateDate: time },
  { noNullPrototype: true },
)

test('ListUsers: structures, times, booleans and markup come back from the SDK as they were', async () => {
  const output = fc.record(
    { Users: fc.array(user, { maxLength: 3 }), IsTruncated: fc.boolean(), Marker: text },
    { noNullPrototype: true },
  )
  await fc.assert(
    fc.asyncProperty(output, async result => {
      const client = iamClient(answering('iam', 'ListUsers', result))
      const read = await client.send(new iam.ListUsersCommand({}))
      assert.deepEqual(members(read), result)
    }),
    { numRuns: 50 },
  )
})

test('CreateVirtualMFADevice: blobs come back byte for byte', async () => {
  const blob = fc.uint8Array({ minLength: 1, maxLength: 64 })
  await fc.assert(
    fc.asyncProperty(blob, blob, async (seed, png) => {
      const VirtualMFADevice = {
        SerialNumber: 'arn:aws:iam::123456789012:mfa/phone',
        Base32StringSeed: seed,
        QRCodePNG: Buffer.from(png),
      }
      const client = iamClient(answering('iam', 'CreateVirtualMFADevice', { VirtualMFADevice }))
      const read = await client.send(
        new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
      )
      assert.deepEqual([...(read.VirtualMFADevice?.Base32StringSeed ?? [])], [...seed])
      assert.deepEqual([...(read.VirtualMFADevice?.QRCodePNG ?? [])], [...png])
    }),
    { numRuns: 20 },
  )
})

test('GetAccountSummary: maps come back entry for entry', async () => {
  const summary = fc.dictionary(
    fc.constantFrom('Users', 'MFADevices', 'AccountMFAEnabled'),
    fc.nat(),
  )
  await fc.assert(
    fc.asyncProperty(summary, async SummaryMap => {
      const client = iamClient(answering('iam', 'GetAccountSummary', { SummaryMap }))
      const read = await client.send(new iam.GetAccountSummaryCommand({}))
      assert.deepEqual({ ...read.SummaryMap }, { ...SummaryMap })
    }),
    { numRuns: 20 },
  )
})

test('AssumeRole and GetCallerIdentity come back from the SDK as they were', async () => {
  const Credentials = {
    AccessKeyId: 'ASIAQNZGKIQY56JQ7WML',
    SecretAccessKey: 'a/b+c',
    SessionToken: 'token==',
    Expiration: new Date('2026-01-02T04:04:05Z'),
  }
  const assumed = { Credentials, PackedPolicySize: 0, SourceIdentity: 'dev' }
  const assumeRole = new sts.AssumeRoleCommand({ RoleArn: 'arn', RoleSessionName: 'dev' })
  assert.deepEqual(
    members(await stsClient(answering('sts', 'AssumeRole', assumed)).send(assumeRole)),
    assumed,
  )

  const caller = {
    UserId: 'AIDA',
    Account: '029608264753',
    Arn: 'arn:aws:iam::029608264753:user/dev',
  }
  const identify = new sts.GetCallerIdentityCommand({})
  assert.deepEqual(
    members(await stsClient(answering('sts', 'GetCallerIdentity', caller)).send(identify)),
    caller,
  )
})

test('an operation without a result is understood by the SDK', async () => {
  const client = iamClient(answering('iam', 'DeleteUser', {}))
  const read = await client.send(new iam.DeleteUserCommand({ UserName: 'dev' }))
  assert.deepEqual(members(read), {})
})

test('an error becomes the exception that the SDK has for it', async () => {
  const error = new AwsError('NoSuchEntity', 'The user with name <dev> & co. cannot be found.')
  const body = XML_ENVELOPE.encodeError(modelOf('iam'), error, REQUEST_ID)
  const client = iamClient(() => ({ status: error.status, body }))
  await assert.rejects(
    () => client.send(new iam.GetUserCommand({ UserName: '<dev> & co.' })),
    (caught: unknown) => {
      assert(caught instanceof iam.NoSuchEntityException)
      assert.equal(caught.message, error.message)
      return true
    },
  )
})

test('a result without members in the XML form', () => {
  assert.equal(
    XML_ENVELOPE.encodeResult(operation('iam', 'EnableMFADevice'), {}, REQUEST_ID),
    '<EnableMFADeviceResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">' +
      `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></EnableMFADeviceResponse>`,
  )
})

test('a list of devices in the XML form', () => {
  const MFADevices = [
    {
      UserName: 'ana',
      SerialNumber: 'arn:aws:iam::123456789012:mfa/ana-phone',
      EnableDate: new Date('2026-01-02T03:04:05.678Z'),
    },
  ]
  assert.equal(
    XML_ENVELOPE.encodeResult(
      operation('iam', 'ListMFADevices'),
      { MFADevices, IsTruncated: false },
      REQUEST_ID,
    ),
    '<ListMFADevicesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListMFADevicesResult>' +
      '<MFADevices><member><UserName>ana</UserName>' +
      '<SerialNumber>arn:aws:iam::123456789012:mfa/ana-phone</SerialNumber>' +
      '<EnableDate>2026-01-02T03:04:05Z</EnableDate></member></MFADevices><IsTruncated>false</IsTruncated>' +
      `</ListMFADevicesResult><ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata>` +
      '</ListMFADevicesResponse>',
  )
})

test('an empty list is an empty element, and an absent or unknown member none', () => {
  const result = { MFADevices: [], IsTruncated: false, Marker: undefined, Colour: 'blue' }
  const xml = XML_ENVELOPE.encodeResult(operation('iam', 'ListMFADevices'), result, REQUEST_ID)
  assert.match(
    xml,
    /<ListMFADevicesResult><MFADevices\/><IsTruncated>false<\/IsTruncated><\/ListMFADevicesResult>/,
  )
})

test('what XML can’t hold becomes U+FFFD, and a carriage return a reference', () => {
  const result = { UserId: '\0\x1b\ufffe\ud800', Account: 'a\r\n\t', Arn: '<>&"\u{1f511}' }
  const xml = XML_ENVELOPE.encodeResult(operation('sts', 'GetCallerIdentity'), result, REQUEST_ID)
  assert.ok(xml.includes('<UserId>\ufffd\ufffd\ufffd\ufffd</UserId>'))
  assert.ok(xml.includes('<Account>a&#xD;\n\t</Account>'))
  assert.ok(xml.includes('<Arn>&lt;&gt;&amp;"\u{1f511}</Arn>'))
})

test('an error in the XML form', () => {
  const error = new AwsError(
    'InvalidAuthenticationCode',
    'Authentication code for device is not valid.',
  )
  assert.equal(
    XML_ENVELOPE.encodeError(modelOf('iam'), error, REQUEST_ID),
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
      '<Code>InvalidAuthenticationCode</Code><Message>Authentication code for device is not valid.</Message></Error>' +
      `<RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`,
  )
})

test('an error without a message has no Message element, in either form', () => {
  const error = new AwsError('ReportNotPresent')
  assert.doesNotMatch(XML_ENVELOPE.encodeError(modelOf('iam'), error, REQUEST_ID), /Message/)
  assert.doesNotMatch(JSON_ENVELOPE.encodeError(modelOf('sts'), error, REQUEST_ID), /Message/)
})

test('an error before any service is known is a fault of AWS at large', () => {
  const xml = XML_ENVELOPE.encodeError(undefined, new AwsError('MissingAction', 'x'), REQUEST_ID)
  assert.match(
    xml,
    /^<ErrorResponse xmlns="http:\/\/webservices\.amazon\.com\/AWSFault\/2005-15-09">/,
  )
})

test('STS answers in JSON, with times in seconds, to those who accept it', () => {
  const { encodeResult, encodeError, contentType } = envelopeFor(modelOf('sts'), {
    accept: 'application/json',
  })
  assert.equal(contentType, 'application/json')
  const Credentials = {
    AccessKeyId: 'ASIA',
    SecretAccessKey: 'secret',
    SessionToken: 'token',
    Expiration: new Date('2026-01-02T03:04:05Z'),
  }
  assert.deepEqual(
    JSON.parse(encodeResult(operation('sts', 'GetSessionToken'), { Credentials }, REQUEST_ID)),
    {
      GetSessionTokenResponse: {
        GetSessionTokenResult: { Credentials: { ...Credentials, Expiration: 1_767_323_045 } },
        ResponseMetadata: { RequestId: REQUEST_ID },
      },
    },
  )
  assert.deepEqual(
    JSON.parse(encodeError(modelOf('sts'), new AwsError('ExpiredToken', 'old'), REQUEST_ID)),
    {
      Error: { Code: 'ExpiredToken', Message: 'old', Type: 'Sender' },
      RequestId: REQUEST_ID,
    },
  )
})

test('IAM answers in XML whatever is accepted, and so does STS unless JSON is asked for', () => {
  assert.equal(envelopeFor(modelOf('iam'), { accept: 'application/json' }), XML_ENVELOPE)
  assert.equal(envelopeFor(undefined, { accept: 'application/json' }), XML_ENVELOPE)
  for (const accept of [undefined, '*/*', 'text/xml']) {
    assert.equal(envelopeFor(modelOf('sts'), { accept }), XML_ENVELOPE)
  }
})
