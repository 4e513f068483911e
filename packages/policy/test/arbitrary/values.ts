// What stands under the condition operators and what requests have for it, so few of each kind that
// they often meet, with those among them that are no dates, numbers, addresses or ARNs.
import { ALICE, BOB, DEV } from './callers.ts'

/**
 * What an operator may find in a policy and in a request. `malformed` stands only where AWS stores
 * it: in session policies.
 */
export type Family = {
  readonly operators: readonly string[]
  readonly keys: readonly string[]
  readonly values: readonly (string | number | boolean)[]
  readonly malformed: readonly string[]
  readonly actual: readonly string[]
}

export const TEXTS: Family = {
  operators: [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  keys: ['aws:username', 'aws:PrincipalTag/team', 'AWS:principaltag/TEAM', 's3:prefix'],
  values: [
    'alice',
    'ALICE',
    'al*',
    '?lice',
    '*',
    '**i*e',
    '',
    '1',
    '${aws:username}',
    "${aws:PrincipalTag/team, 'red'}",
    "${aws:TagKeys, 'red'}",
    '${aws:PrincipalTag/team}*',
    'r${aws:nothing}',
    '${*}',
    'a${?}',
    '${$}{aws:username}',
    '\u03c3\u0391\u03a3',
    '\ud801\udc28',
    '\udc28?',
    true,
    7,
  ],
  malformed: [],
  actual: [
    'alice',
    'Alice',
    'red',
    '',
    '*',
    'a?',
    '1',
    'true',
    '7',
    '\u03a3\u03b1\u03c2',
    '\ud801\udc00',
  ],
}

const NUMBERS: Family = {
  operators: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  keys: ['aws:MultiFactorAuthAge', 's3:max-keys'],
  values: [
    '3600',
    3600,
    '0',
    '-0.0',
    '1',
    '01',
    '+1',
    '1e2',
    '.5e1',
    '5e-3',
    '-7',
    '9007199254740992',
    '9007199254740993',
    '1e2147483647',
    '-1e-2147483647',
  ],
  malformed: ['one', '', 'NaN', '0x10', ' 1', '1e2147483648', '${aws:MultiFactorAuthAge}'],
  actual: [
    '3599',
    '3600',
    '3600.0',
    '36e2',
    '0',
    '-0',
    '1.',
    '100',
    '5',
    '-7.000',
    '0.0049',
    '-0.01',
    '9007199254740993',
    '9007199254740992.0',
    '1e9999',
    'many',
    '',
    'Infinity',
    '1e2147483647',
    '10e2147483646',
    '1e2147483648',
    '1e-2147483648',
  ],
}

const DATES: Family = {
  operators: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  keys: ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'],
  values: [
    '2030-01-01T00:00:00Z',
    '2030-01-01',
    '1893456000',
    1893456000,
    '2030-01-01T01:00:00+01:00',
    '2029-12-31T23:59:59.999Z',
    '2030-02-31',
    '2030-03-03',
    '1900-03-01',
    '2000-02-29T12',
    '-0001-12-31T23:59:59.999999999Z',
    '292278993-12-31T23:59:59.998Z',
    '-292275054',
    '9223372036854775807',
    '2030-1-1T0:0:0',
  ],
  malformed: [
    'tomorrow',
    '',
    '2030-13-01',
    '2030-01-01TZ',
    '9223372036854775808',
    '${aws:CurrentTime}',
  ],
  actual: [
    '2030-01-01T00:00:00.000Z',
    '2029-12-31T23:59:59.999Z',
    '2029-12-31T18:30:00-0530',
    '1893456000',
    '001893456000',
    '1893455999',
    '2030-03-03T00:00Z',
    '2000-02-29T12:00:00.0004',
    '1900-02-29',
    '0000-01-01',
    '292278993-12-31T23:59:59.999Z',
    '9223372036854775806',
    '9223372036854775808',
    'never',
    '',
    '2030-01-01t00:00:00z',
    '2030-01-01 00:00:00',
    '2030-01-01T24:00',
    '2030',
  ],
}

const BOOLEANS: Family = {
  operators: ['Bool'],
  keys: ['aws:MultiFactorAuthPresent', 'aws:SecureTransport'],
  values: ['true', 'false', true, false, 'TRUE', 'yes', '', '${aws:SecureTransport}'],
  malformed: [],
  actual: ['true', 'false', 'True', 'yes', ''],
}

const BYTES: Family = {
  operators: ['BinaryEquals'],
  keys: ['s3:checksum'],
  values: ['YQ==', 'AAECAw==', 'YWI=', ''],
  malformed: [],
  actual: ['YQ==', 'YR==', 'YQ', ' YQ==', 'AAECAw==', 'YWI=', 'YWJ=', ''],
}

const ADDRESSES: Family = {
  operators: ['IpAddress', 'NotIpAddress'],
  keys: ['aws:SourceIp', 'aws:VpcSourceIp'],
  values: [
    '192.0.2.0/24',
    '192.0.2.5/24',
    '192.0.2.1',
    '192.000.2.1/+32',
    '0.0.0.0/0',
    '::/0',
    '2001:db8::/32',
    '2001:DB8::1',
    '2001:db8::/064',
    '::ffff:c000:201',
    '128.0.0.0/1',
    '2001:db8:::1/128',
  ],
  malformed: [
    '2001:db8::5/64',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/0x18',
    '2001:db8::/129',
    '192.0.2.0/24/24',
    'here',
    '',
    '::192.0.2.1',
    '1.2.3',
    '${aws:SourceIp}',
  ],
  actual: [
    '192.0.2.0',
    '192.0.2.1',
    '192.0.2.001',
    '192.0.3.1',
    '2001:db8::1',
    '2001:0db8:0:0:0:0:0:5',
    '2001:db8:::1',
    '::ffff:192.0.2.1',
    '::ffff:c000:201',
    '::192.0.2.1',
    '::1',
    '192.0.2.1/32',
    'nowhere',
    '1.2.3',
    '1.2.3.',
    '0.1.2.3',
    '',
    '1:2:3:4:5:6:7:8:',
  ],
}

export const ARNS: Family = {
  operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
  keys: ['aws:PrincipalArn', 'aws:SourceArn'],
  values: [
    ALICE,
    'arn:aws:iam::*:user/*',
    'arn:*:iam::*:role/de?',
    'arn:aws:iam::*:*',
    'arn:aws:s3:::a:b*',
    'arn:aws:iam::${aws:PrincipalAccount}:user/*',
    "arn:aws:iam::*:user/team/${aws:username, 'alice'}",
    '${aws:SourceArn}',
    '${aws:PrincipalTag/team}',
    'arn:aws:iam::*:user/${aws:nothing}',
  ],
  malformed: ['arn:aws:iam::*', 'not-an-arn', '*', ''],
  actual: [
    ALICE,
    BOB,
    DEV,
    'arn:aws:s3:::a:b:c',
    'arn:aws:iam::*:user/*',
    'arn:aws:iam',
    'ARN:aws:s3:::a',
    '',
  ],
}

export const FAMILIES = [TEXTS, NUMBERS, DATES, BOOLEANS, BYTES, ADDRESSES, ARNS] as const

/** Keys that are declared multi-valued, and one that nobody declared and that is all the same. */
export const MULTIVALUED_KEYS = [
  'aws:TagKeys',
  'sts:TransitiveTagKeys',
  'gitlab.example.com:amr',
  's3:list',
]

/** What requests have for such keys: nothing, one value, or several of one kind or of many. */
export const SEVERAL_ACTUAL: readonly (readonly string[])[] = [
  [],
  ['red'],
  ['alice', 'red'],
  ['', '*'],
  ['1', '3600', 'many'],
  ['3600.0'],
  ['1893456000', '2030-03-03'],
  ['true'],
  ['false', 'yes'],
  ['YQ==', 'YQ'],
  ['192.0.2.1', '2001:db8::1'],
  ['192.0.3.1', 'nowhere'],
  [ALICE, DEV],
  [BOB, 'arn:aws:iam'],
]
