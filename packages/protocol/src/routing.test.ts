// Which service and operation a request is for.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modelOf } from './model/model.ts'
import { readParameters, type Parameters } from './query/parameters.ts'
import { operationOf, serviceOf } from './routing.ts'
import type { WireRequest } from './wire-request.ts'

function request(parts: Partial<WireRequest>): WireRequest {
  return { method: 'POST', path: '/', query: '', headers: {}, body: Buffer.alloc(0), ...parts }
}

function signedFor(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=a`
}

for (const { by, parts, service } of [
  { by: 'Version in the query', parts: { query: 'Version=2010-05-08' }, service: 'iam' },
  { by: 'Version in the body', parts: { body: Buffer.from('Version=2011-06-15') }, service: 'sts' },
  {
    by: 'the scope in the header',
    parts: { headers: { authorization: signedFor('sts') } },
    service: 'sts',
  },
  {
    by: 'the scope in the query',
    parts: { query: 'X-Amz-Credential=AKID%2F20260102%2Fus-east-1%2Fiam%2Faws4_request' },
    service: 'iam',
  },
  {
    by: 'Version rather than the scope, which is then refused',
    parts: { query: 'Version=2011-06-15', headers: { authorization: signedFor('iam') } },
    service: 'sts',
  },
  {
    by: 'X-Amz-Target of organizations',
    parts: { headers: { 'x-amz-target': 'AWSOrganizationsV20161128.ListRoots' } },
    service: 'organizations',
  },
  {
    by: 'X-Amz-Target of cloudtrail',
    parts: {
      headers: {
        'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
      },
    },
    service: 'cloudtrail',
  },
  {
    by: 'a target that nobody knows, whatever else is there',
    parts: {
      query: 'Version=2011-06-15',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
    },
    service: undefined,
  },
  { by: 'a target without a dot', parts: { headers: { 'x-amz-target': 'x' } }, service: undefined },
  { by: 'the path of the portal', parts: { path: '/federation/credentials' }, service: 'sso' },
  {
    by: 'the path of device sign-in',
    parts: { path: '/device_authorization' },
    service: 'sso-oauth',
  },
  { by: 'the path of signin', parts: { path: '/v1/token' }, service: 'signin' },
  { by: 'nothing', parts: {}, service: undefined },
  {
    by: 'a scope of no service of ours',
    parts: { headers: { authorization: signedFor('s3') } },
    service: undefined,
  },
  {
    by: 'a name that every object has',
    parts: { query: 'Version=constructor' },
    service: undefined,
  },
]) {
  test(`the service is known by ${by}`, () => {
    const wire = request(parts)
    assert.equal(serviceOf(wire, readParameters(wire)), service)
  })
}

const parametersOf = (pairs: Readonly<Record<string, string>>): Parameters =>
  new Map(Object.entries(pairs))

test('the operation is the one that Action and Version name', () => {
  const parameters = parametersOf({ Action: 'GetUser', Version: '2010-05-08' })
  assert.equal(operationOf(modelOf('iam'), parameters).name, 'GetUser')
})

for (const { pairs, code, message } of [
  {
    pairs: { Action: 'GetCallerIdentity', Version: '2010-05-08' },
    code: 'InvalidAction',
    message: 'Could not find operation GetCallerIdentity for version 2010-05-08',
  },
  {
    pairs: { Action: 'GetUser' },
    code: 'InvalidAction',
    message: 'Could not find operation GetUser for version NO_VERSION_SPECIFIED',
  },
  {
    pairs: { Action: 'constructor', Version: '2010-05-08' },
    code: 'InvalidAction',
    message: 'Could not find operation constructor for version 2010-05-08',
  },
  {
    pairs: { Version: '2010-05-08' },
    code: 'MissingAction',
    message: 'The request is missing an action or a required parameter.',
  },
] as const) {
  test(`${code} for ${JSON.stringify(pairs)}`, () => {
    assert.throws(() => operationOf(modelOf('iam'), parametersOf(pairs)), { code, message })
  })
}
