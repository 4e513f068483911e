// Corrections in every layout that people write.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lintPolicy } from './lint-policy.ts'

const without = (text: string, code: string) =>
  lintPolicy(text, { kind: 'identity' }).find(finding => finding.code === code)?.fix

const PRESENT = '"aws:MultiFactorAuthPresent"'

for (const [layout, text, fixed] of [
  [
    'all on one line, without a blank',
    `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Null":{${PRESENT}:"true","aws:TagKeys":"true"}}}}`,
    `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Null":{"aws:TagKeys":"true"},"BoolIfExists":{${PRESENT}:"false"}}}}`,
  ],
  [
    'tabs, and lines that end as on Windows',
    `{\r\n\t"Version": "2012-10-17",\r\n\t"Statement": {\r\n\t\t"Effect": "Deny",\r\n\t\t"Action": "s3:*",\r\n\t\t"Resource": "*",\r\n\t\t"Condition": {\r\n\t\t\t"Bool": {\r\n\t\t\t\t${PRESENT}: "false",\r\n\t\t\t\t"aws:SecureTransport": "true"\r\n\t\t\t}\r\n\t\t}\r\n\t}\r\n}`,
    `{\r\n\t"Version": "2012-10-17",\r\n\t"Statement": {\r\n\t\t"Effect": "Deny",\r\n\t\t"Action": "s3:*",\r\n\t\t"Resource": "*",\r\n\t\t"Condition": {\r\n\t\t\t"Bool": {\r\n\t\t\t\t"aws:SecureTransport": "true"\r\n\t\t\t},\r\n\t\t\t"BoolIfExists": {\r\n\t\t\t\t${PRESENT}: "false"\r\n\t\t\t}\r\n\t\t}\r\n\t}\r\n}`,
  ],
  [
    'a name that is written with escapes',
    `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"B\\u006fol":{"aws:MultiFactorAuth\\u0050resent":"false"}}}}`,
    `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuth\\u0050resent":"false"}}}}`,
  ],
  [
    'blanks before the colon',
    `{"Version" : "2012-10-17", "Statement" : {"Effect" : "Deny", "Action" : "s3:*", "Resource" : "*", "Condition" : {"Bool" : {${PRESENT} : false}}}}`,
    `{"Version" : "2012-10-17", "Statement" : {"Effect" : "Deny", "Action" : "s3:*", "Resource" : "*", "Condition" : {"BoolIfExists" : {${PRESENT} : false}}}}`,
  ],
] as const) {
  test(`a correction keeps the layout: ${layout}`, () => {
    const code = text.includes('Null') ? 'MFA002' : 'MFA001'
    assert.equal(without(text, code), fixed)
  })
}
